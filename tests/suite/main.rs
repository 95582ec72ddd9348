//! The program from outside: whole sheets, the command line, the rules of the house.

mod accuracies;
mod audit;
mod command;
mod consistency;
mod context;
mod controls;
mod counted_words;
mod definitions;
mod draws;
mod golden;
mod hostile;
mod invariance;
mod labels;
mod linear_words;
mod mutants;
mod outcomes;
mod overall;
mod quantity_words;
mod robust;
mod rooms;
mod sample;
mod scores;
mod support;
mod supposed;
mod worked_numbers;
mod worlds;
