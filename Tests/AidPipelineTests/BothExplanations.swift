import AidModel
import Foundation
import Testing

@testable import AidPipeline

/// Compiled policies and the exact evaluator write the same explanations.
@Suite struct BothExplanations {
  @Test func sampleBatch() throws {
    for language in [AidModel.Language.zh, .en] {
      let scratch = try Scratch()
      var request = scratch.request(Project.sample, .rehearse)
      request.language = language
      let calculation = try Recalculation.run(request)
      let words = ExplanationWords(
        calculation.plan.programmes, batch: calculation.plan.file.batch, language: language)
      var quick = calculation.explaining(language, by: words)()
      var exact = calculation.explaining(language, by: ExplanationWords())()
      var byLog = 0
      for number in calculation.report.book.entries.indices {
        var out = TextBuffer()
        if quick.write(number, to: &out) { byLog += 1 }
        let text = out.text
        out.removeAll()
        let isLogged = exact.write(number, to: &out)
        #expect(!isLogged && text.sameScalars(as: out.text))
      }
      #expect(byLog > 50, "\(byLog) by a compiled policy")
    }
  }
}
