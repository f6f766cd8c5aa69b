"""How well a trained model does: one pass over rows with known answers, and what can be told of it.

`chosen` says which rows, `passing` leads them through the model, `classes` and `numbers` keep what it said,
`classification`, `curves` and `regression` count, `kept` stores, `evaluate` and `finding` are what is asked for.
The counting is NumPy alone and knows no Keras.
"""
