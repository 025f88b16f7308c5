import AidModel
import AidPolicy
import AidReview

/// A parsed `--sweep NAME=FROM..TO:STEP`.
struct SweepRequest {
  private let parameter: PolicyParameter
  private let name: String
  private let values: [String]
  private let file: String
  private let text: String

  /// More points would not be read, and each costs an assessment of the batch.
  private static let pointsMax = 200

  private struct Source {
    let programme: String
    let file: String
    let text: String
  }

  /// - Parameter candidates: if there is exactly one, its parameters are swept; else the batch's own.
  init(_ written: String, plan: Plan, candidates: [Candidate]) throws(PipelineFailure) {
    guard let equals = written.firstIndex(of: "="),
      let values = Self.values(String(written[written.index(after: equals)...]))
    else {
      throw PipelineFailure(
        "--sweep", Bilingual("看不懂：\(written)", "cannot be read: \(written)"),
        remedy: Bilingual(
          "写成 deductible=10000..30000:5000 或 rate=20%..40%:5%，最多 \(Self.pointsMax) 个取值。",
          "Write deductible=10000..30000:5000 or rate=20%..40%:5%, at most \(Self.pointsMax) values."))
    }
    self.values = values
    let wanted = String(written[..<equals])
    let all = try Self.sources(plan, candidates).flatMap { source in
      Policy.parameters(yaml: source.text).map {
        (name: "\(source.programme):\($0.name)", parameter: $0, source)
      }
    }
    let exact = all.filter { $0.name.sameScalars(as: wanted) }
    let found = exact.isEmpty ? all.filter { Self.ends($0.name, with: wanted) } : exact
    guard let match = found.first, found.count == 1 else {
      throw Self.unknown(wanted, found.map(\.name), all: all.map { "\($0.name) = \($0.parameter.value)" })
    }
    (name, parameter) = (match.name, match.parameter)
    (file, text) = (match.2.file, match.2.text)
  }

  private static func sources(
    _ plan: Plan, _ candidates: [Candidate]
  ) throws(PipelineFailure) -> [Source] {
    if candidates.count == 1, let only = candidates.first {
      return [
        Source(
          programme: only.policy.programme, file: only.file, text: try Disk.text(only.file, shown: only.file))
      ]
    }
    var sources: [Source] = []
    for programme in plan.programmes {
      guard let path = plan.shelf.path(of: programme.policy) else { continue }
      sources.append(
        Source(
          programme: programme.info.programme, file: path,
          text: try Disk.text(plan.folder.absolute(path), shown: path)))
    }
    return sources
  }

  /// Whether the full name ends in the one given: `deductible` may mean `programme:benefit.deductible`.
  private static func ends(_ name: String, with wanted: String) -> Bool {
    name.hasSuffix("." + wanted) || name.hasSuffix(":" + wanted)
  }

  private static func unknown(_ wanted: String, _ found: [String], all: [String]) -> PipelineFailure {
    let list = all.joined(separator: "\n    ")
    let what =
      found.isEmpty
      ? Bilingual("没有参数“\(wanted)”", "there is no parameter '\(wanted)'")
      : Bilingual(
        "“\(wanted)”可以是几个参数：\(found.joined(separator: " "))",
        "'\(wanted)' may be any of \(found.joined(separator: " "))")
    return PipelineFailure(
      "--sweep", what,
      remedy: Bilingual(
        all.isEmpty ? "办法中没有写明数字的参数。" : "可用的参数：\n    " + list,
        all.isEmpty ? "The policies write out no figure." : "Parameters:\n    " + list))
  }

  /// All values from one end to the other, as written into the policy.
  static func values(_ span: String) -> [String]? {
    guard let dots = span.firstRange(of: ".."), let colon = span.lastIndex(of: ":"), colon >= dots.upperBound
    else {
      return nil
    }
    var parts = [
      String(span[..<dots.lowerBound]), String(span[dots.upperBound..<colon]),
      String(span[span.index(after: colon)...]),
    ]
    let percents = parts.count { $0.hasSuffix("%") }
    if percents == 3 { parts = parts.map { String($0.dropLast()) } } else if percents > 0 { return nil }
    let numbers = parts.compactMap { DecimalNumber(plain: $0) }
    guard numbers.count == 3, let scale = numbers.map(\.scale).max() else { return nil }
    let units = numbers.compactMap { $0.mantissa(atScale: scale) }
    guard units.count == 3, units[0] >= 0, units[1] >= units[0], units[2] > 0,
      (units[1] - units[0]) / units[2] < Int64(pointsMax)
    else { return nil }
    return stride(from: units[0], through: units[1], by: Int64.Stride(units[2])).map {
      DecimalNumber(mantissa: $0, scale: scale).description + (percents == 3 ? "%" : "")
    }
  }

  func run(on bench: inout Bench, plan: Plan, language: Language) throws(PipelineFailure) -> Sweep {
    var points: [SweepPoint] = []
    for value in values {
      let candidate: Candidate
      do throws(PipelineFailure) {
        candidate = try Candidate(
          file: file, text: text, for: plan, language: language,
          setting: ParameterSetting(parameter, to: value))
      } catch {
        points.append(
          SweepPoint(
            value: value, figure: .init(), shifts: .init(),
            refused: error.problems.first?.what ?? Bilingual("不成立", "refused")))
        continue
      }
      let column = try bench.tally(candidate.plan).column(
        file: file, policy: candidate.policy, against: bench.own)
      points.append(
        SweepPoint(
          value: value, figure: column.total, shifts: column.shifts, isStopped: !column.stops.isEmpty))
    }
    return Sweep(name: name, own: parameter.value, points: points)
  }
}
