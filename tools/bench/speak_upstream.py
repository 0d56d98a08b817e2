"""Speak with upstream alone, as a capture makes it speak: zero-shot, one segment, nothing watched.

    python speak_upstream.py MODEL_DIR PROMPT_WAV PROMPT_TEXT TTS_TEXT SEED THREADS
"""

import os
import sys

checkout = os.environ["COSYVOICE_DIR"]
sys.path[:0] = [checkout, os.path.join(checkout, "third_party/Matcha-TTS")]

import torch
from cosyvoice.cli.cosyvoice import CosyVoice3

model_dir, wav, prompt_text, tts_text, seed, threads = sys.argv[1:]
torch.set_num_threads(int(threads))
tts = CosyVoice3(model_dir)
torch.manual_seed(int(seed))
for said in tts.inference_zero_shot(tts_text, prompt_text, wav):
    print(said["tts_speech"].shape[1] // 960, "speech tokens")
    break
