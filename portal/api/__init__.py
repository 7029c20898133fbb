"""The read-only API at /api/v1/: monographs, editions, sections, references, topics, approved reviews, search.

`api` puts the parts together; each part is a router of django-ninja. `conventions` holds what every answer keeps to.
"""
