"""What each verb of the command line does: a module a verb, the parsing of its arguments, and what it tells a person.

Must not live here: anything that touches a tensor; nothing but `cli` imports this room.
"""
