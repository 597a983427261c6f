//! The Offset Lab app: shows frames of the core and turns what a person does into edits of the text.
