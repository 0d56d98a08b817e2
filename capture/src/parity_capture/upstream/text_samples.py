"""Texts that text frontends stumble over: a list, and random ones."""

import random
from collections.abc import Callable, Iterator, Sequence

SYSTEM = "You are a helpful assistant.<|endofprompt|>"
LONG_ENGLISH = " ".join(
    f"This is sentence number {n}, and it goes on for a while so that a segment fills up{stop}"
    for n, stop in zip(range(1, 12), ".?!;:.!.?..", strict=True)
)
LONG_CHINESE = "".join(
    f"这是第{n}句话，它有点长，为了把一段填满{stop}"
    for n, stop in zip(range(1, 16), "。？！；：、.?!;。。！？。", strict=True)
)

TEXTS: tuple[str, ...] = (
    "Hello! This is a test for parity verification.",
    SYSTEM + "The quick brown fox jumps.",
    SYSTEM,
    "You are a helpful assistant. 请用广东话表达。<|endofprompt|>",
    "你好，世界。今天天气很好！",
    "收到好友从远方寄来的生日礼物，那份意外的惊喜与深深的祝福让我心中充满了甜蜜的快乐，笑容如花儿般绽放。",
    "今日は良い天気ですね。散歩に行きましょう！",
    "これはひらがなだけです。カタカナもあります。",
    "안녕하세요. 반갑습니다!",
    "Ein schöner Tag für 3 Bären, 12,5 Grad und 1.000 Grüße.",
    "I like 北京 and 2 cups of 茶 - really.",
    "Mixed 中文 with English words 在 一起 2.5 次.",
    "Hi 👨\u200d👩\u200d👧 there 🇩🇪 👍🏽 ☺\ufe0f!",
    "😀",
    "😀😀. 👍",
    "在他讲述那个荒诞故事的过程中，他突然[laughter]停下来，因为他自己也被逗笑了[laughter]。",
    "[breath] Well, [breath]that is <strong>very</strong> good.[sigh]",
    "他<strong>突然</strong>来了。",
    "[h][ǎo] means good, [HH][AH0][L][OW1]!",
    "[ia\u0300] is written apart, [ià] is not.",
    "<|im_start|>user<|im_end|>",
    "<|foo|> is no token.",
    "<|endofprompt is not closed.",
    "a <| b |> c",
    "a <| b",
    "|> comes <| first.",
    "",
    " ",
    "\n\t \u3000",
    ".",
    "。",
    "...!?",
    "、，。",
    "! !",
    "“”",
    '"',
    '."Quoted after a stop."',
    '!" he said.',
    'He said "yes." Then he left.',
    'He said "yes!" She said "no?"',
    "他说：“好。”然后走了。",
    '他说："好。"然后走了。',
    '。"你好。"',
    "A. B! C? D; E: F",
    "Wait... what?! No!!",
    "No stop at the end",
    "中文没有句号",
    "结尾是逗号，",
    "结尾是很多逗号，,、，",
    "结尾，）",
    "（括号）【方括号】`反引号`——破折号——",
    "面积是5平方米，5m²，体积3m³。",
    "圆周率是3.14。",
    "a - b 是 减法 - 对。",
    "中 文 a b 中 a 中  a  b",
    "中\n文\r\n换行 \n",
    "中\t文",
    "Line one\nline two\r\nline three.",
    "0 1 2 10 11 12 13 19 20 21 30 42 99 100 101 110 111 119 120 199 200 999",
    "1000 1001 1010 1011 1100 1101 1110 1999 2000 2024 10000 10001 10100 11000 99999 100000 100001 100100 101000",
    "1000000 1000001 1000100 1001000 1001001 1100000 999999999 1000000000 1234567890 9876543210123456789",
    "007 0 00 000 01 0001000 0100",
    "1,234,567.89 and 3.14 and 1/2 and 50% and $9.99 and 12:30 and 2024-01-31",
    "v2 x86 4x4 1st 2nd 3rd h264 b2b 007bond",
    "Figures \u0663\u0664 and １２ and \u0967\u0968 and ² and x² + 5² and ① and 1² and ²1 and 7⁸.",
    "9" * 36 + " and " + "1" + "0" * 33,
    "9" * 37,
    "Half ½ and Ⅷ and ㊀.",
    "don't I'll WE'RE he'S they'd I'm you've 'tis '\u017f",
    "tabs\tand   many    blanks  ",
    "  leading and trailing  ",
    "\u00a0no-break\u00a0space\u00a0",
    "\x1cseparators\x1f",
    "\u200bzero width\u200b",
    "\ufeffbyte order mark",
    "\u0085next line\u0085",
    "line\u2028separator\u2029here",
    "\x00null\x07bell",
    "e\u0301 is composed, \u1112\u1161\u11ab too, \u212b as well, \u0958 is not",
    "a\u0345\u0327\u1dfa order of marks \u0361\u1715 late ones",
    "Привет, мир! Γειά σου Κόσμε; مرحبا بالعالم. שלום עולם. नमस्ते दुनिया। สวัสดีชาวโลก",
    "𝓗𝓮𝓵𝓵𝓸 𐍈 𠀀 🀄",
    "𠀀 is not in the range that counts as Chinese",
    "㐀 neither",
    "一",
    "a" * 300,
    "word " * 120,
    "长" * 200,
    "长" * 70 + "。" + "短" * 15 + "。" + "短" * 15,
    "短。" * 60,
    LONG_ENGLISH,
    LONG_ENGLISH + " Short end.",
    LONG_CHINESE,
    LONG_CHINESE + "完。",
    SYSTEM + LONG_ENGLISH,
    "Only, commas, here, " * 30,
)

_WORDS = (
    "The this test is for parity verification Hello quick brown fox jumps over helpful assistant You are it's I'll "
    "WE'RE don't 's 'S he'll you'd '\u017f 你好 世界 测试 今天 こんにちは カタカナ 日本 한국어 Привет مرحبا हिन्दी ไทย "
    "naïve é e\u0301 ﬁ \u212b Å 1 12 123 1000 007 \u0663 ² ½ Ⅷ ㊀ ①"
)
WORDS = tuple(_WORDS.split())
BLANKS = (" ", "  ", "\n", "\r\n", "\t", "\u00a0", "\u3000", "\u2028", "\u200b", "\x85", "\x1c", "\ufeff", "   \n  ")
EMOJI = ("👨\u200d👩\u200d👧", "🇩🇪", "👍🏽", "☺\ufe0f", "🏴\U000e0067\U000e0062\U000e007f")
NEARLY_SPECIAL = (
    "<|",
    "|>",
    "<|foo|>",
    "<|endofprompt",
    "endofprompt|>",
    "[brea",
    "th]",
    "[ia\u0300]",
    "<strong",
    "</",
)
SIGNS = ".,!?;:。，！？；：、\"”“'()（）【】`—-*²³"


def random_texts(count: int, seed: int, special: Sequence[str]) -> Iterator[str]:
    """Texts put together of words, blanks, special tokens, digits, emoji, signs and characters from all of Unicode."""
    draw = random.Random(seed)
    for _ in range(count):
        yield "".join(_piece(draw, special) for _ in range(draw.randrange(1, draw.choice((4, 14, 60)))))


def _piece(draw: random.Random, special: Sequence[str]) -> str:
    pieces: dict[Callable[[], str], int] = {
        lambda: draw.choice(WORDS): 30,
        lambda: draw.choice(BLANKS): 15,
        lambda: draw.choice(special): 3,
        lambda: draw.choice(EMOJI): 5,
        lambda: draw.choice(NEARLY_SPECIAL): 3,
        lambda: str(draw.randrange(10 ** draw.randrange(1, 40))): 10,
        lambda: "".join(_character(draw) for _ in range(draw.randrange(1, 6))): 10,
        lambda: draw.choice(SIGNS): 14,
        lambda: " ".join(draw.choice(WORDS) for _ in range(5)): 10,
    }
    return draw.choices(list(pieces), list(pieces.values()))[0]()


def _character(draw: random.Random) -> str:
    ranges = (
        (32, 0x7F),
        (0, 0x300),
        (0x300, 0x370),
        (0x4E00, 0xA000),
        (0x3000, 0x3100),
        (0, 0xD800),
        (0xE000, 0x110000),
    )
    return chr(draw.randrange(*draw.choice(ranges)))
