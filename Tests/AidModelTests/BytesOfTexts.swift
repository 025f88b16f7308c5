import AidModel
import Testing

/// Tests on the bytes of a text agree with those on the text itself.
@Suite struct BytesOfTexts {
  @Test func maskingIsTheSameByBytes() {
    let texts = [
      "", "张", "张三", "张三丰", "欧阳娜娜", "买买提·吐尔逊", "Anna", "张A", "㐀三丰", "𠮷野家", "e\u{301}a", "é", "三\u{FE0F}四五",
      "６２０００", "一二三\u{3000}", "开发区第一机械厂分公司", "卡 6200000000000313379 号", "420100197205201830",
      "12345678901234", "共 123456789012345 人",
    ]
    for text in texts {
      var copy = text
      copy.withUTF8 { bytes in
        var out = TextBuffer()
        Masking.write(name: bytes, to: &out)
        #expect(out.text == Masking.name(text))
        out.removeAll()
        Masking.write(text: bytes, to: &out)
        #expect(out.text == Masking.text(text))
      }
    }
  }

  @Test func wordsHaveOneNumberEach() {
    var words = WordList(most: 3000)
    func number(_ text: String) -> UInt32? {
      var text = text
      return text.withUTF8 { words.number(of: $0) }
    }
    let texts = [""] + (1..<3000).map { "单位\($0)" + String(repeating: "x", count: $0 % 19) }
    for round in 0..<2 {
      for (i, text) in texts.enumerated() { #expect(number(text) == UInt32(i), "\(round)") }
    }
    #expect(number("一个新的") == nil && number(texts[7]) == 7)
    #expect(words.texts == texts)
  }

  @Test func groupsByTheirNumbers() {
    let groups = TextGrouping.Groups(of: [0, 1, 0, 2, 1], count: 3, named: [3, 4, 7, 8, 9])
    #expect((0..<groups.count).map { groups[$0].map(Int.init) } == [[3, 7], [4, 9], [8]])
    #expect(TextGrouping.Groups(of: [], count: 0).count == 0)
  }

  /// Grouping works even if many texts share a hash.
  @Test func sharingByText() {
    let texts = (0..<2000).map { "\($0 % 700)" }
    for few in [UInt64(3), .max] {
      var sharing = TextGrouping()
      for (i, text) in texts.enumerated() {
        sharing.add(i % 5 == 0 ? nil : FNV.hash(text) % few, number: i)
      }
      let kept = texts.indices.filter { $0 % 5 != 0 }
      let wanted = Dictionary(grouping: kept) { texts[$0] }.values.sorted { $0[0] < $1[0] }
      #expect(sharing.groups { texts[$0] } == wanted.filter { $0.count > 1 })
    }
    #expect(TextGrouping().candidates().isEmpty)
  }
}
