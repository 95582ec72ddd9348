#[test]
fn dbg_items() {
    let library = crate::world::Library::embedded().unwrap();
    for line in std::fs::read_to_string("/tmp/dbg.txt").unwrap().lines() {
        let (q, text) = line.split_once('\t').unwrap();
        let world = library.get(q).unwrap();
        let tokens = crate::language::lex(text, 0, false, &world.lexicon);
        let items = super::items(world, &tokens, text);
        println!("{text}\n   {:?}", items.iter().map(|i| format!("{:?}", i.kind)).map(|s| s.chars().take(60).collect::<String>()).collect::<Vec<_>>());
        println!("   {:?}", super::find(world, &tokens, text, None));
    }
}
