-- Who shows a picture: tidying up asks it of every picture, and a foreign key at every one that goes.

CREATE INDEX auction_pictures_of_picture ON auction_pictures (picture_id);
CREATE INDEX messages_of_picture ON messages (picture_id) WHERE picture_id IS NOT NULL;
CREATE INDEX dispute_messages_of_picture ON dispute_messages (picture_id) WHERE picture_id IS NOT NULL;
