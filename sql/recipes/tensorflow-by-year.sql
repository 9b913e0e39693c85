-- How many papers of each year use TensorFlow 1.x, and how many 2.x?
select * from tensorflow_by_year;
