// What a monograph's page runs. collectstatic puts what is imported in its place: see portal/static_files.py.
import "./search.js";
import "./reading.js";
import "./citations.js";
import "./share.js";
import "./copy.js";
