"""A plain Keras process, without Layerloom: given model.keras and mnist.npz, it prints the test accuracy."""

import sys

import keras
import numpy as np

model = keras.saving.load_model(sys.argv[1])
with np.load(sys.argv[2]) as file:
    x_test, y_test = file["x_test"][..., None].astype("float32"), file["y_test"]
sys.stdout.write(f"{model.evaluate(x_test, y_test, batch_size=500, verbose=0, return_dict=True)['accuracy']:.6f}\n")
