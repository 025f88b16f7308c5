import Testing

@testable import AidModel

/// Cleaning takes time linear in the length of the text.
@Suite struct LongTexts {
  @Test func aNameOfSpacesIsCleanedInOnePass() {
    let name =
      "张" + String(repeating: " ", count: 200_000) + "三" + String(repeating: "　", count: 200_000) + "a"
    let clock = ContinuousClock()
    let time = clock.measure { #expect(TextCleaning.clean(name, asName: true).text == "张三a") }
    #expect(time < .seconds(5), "\(time)")
  }
}
