"""How a network learns: recipe and data become a tf.data pipeline and a Keras `fit`.

Imports Keras, tf.data, `modeling` and `data`. Must not know a database or the web: it is handed `report(event)` and
`should_stop()`.
"""
