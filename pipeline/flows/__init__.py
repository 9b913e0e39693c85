"""The Prefect flows, one module each, and what they share: handover, workers, runs, the server.

A flow takes overrides of the settings as plain text and reads the rest (tokens among it) from the
environment, so that nothing secret becomes a flow parameter. Parameters are annotated with builtin
names alone: Prefect validates the parameters of a served flow by their annotations, and looks up
no other name.
"""
