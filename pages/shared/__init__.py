"""Parts shared by several pages: evidence, story, lists, downloads, side panel."""
