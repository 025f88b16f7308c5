// swift-tools-version: 6.2
import PackageDescription

/// The floor plan: one line per room, with every room it imports named. Arrows go down only.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
  .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

func room(_ name: String, on floor: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: floor, swiftSettings: settings)
}

func proof(of name: String, on floor: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: floor, swiftSettings: settings)
}

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "aidledger",
  products: [.executable(name: "aidledger", targets: ["aidledger"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CIsal", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CIconv"),
    .systemLibrary(name: "CHints"),
    .systemLibrary(
      name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),

    room("AidModel", on: ["CCrypto", "CHints"]),
    room("AidIntake", on: ["AidModel", "CLibXML2", "CIsal", "CCrypto", "CIconv", "CHints"]),
    room("AidYAML", on: ["AidModel", yams]),
    room("AidChecks", on: ["AidModel"]),
    room("AidPolicy", on: ["AidModel", "AidYAML", yams]),
    room("AidPayout", on: ["AidModel", "AidYAML", "CIconv", yams]),
    room("AidStore", on: ["AidModel", "CIsal", grdb, sqlite]),
    room("AidReview", on: ["AidModel"]),
    room("AidForms", on: ["AidModel", "CXlsxWriter"]),
    room(
      "AidPipeline",
      on: [
        "AidModel", "AidYAML", "AidIntake", "AidChecks", "AidPolicy", "AidPayout", "AidStore", "AidReview",
        "AidForms", yams,
      ]),
    .executableTarget(
      name: "aidledger",
      dependencies: ["AidModel", "AidPipeline", arguments],
      swiftSettings: settings),

    proof(of: "AidModelTests", on: ["AidModel"]),
    proof(of: "AidIntakeTests", on: ["AidIntake", "AidModel", "CCrypto", "CZlib"]),
    proof(of: "AidChecksTests", on: ["AidChecks", "AidModel"]),
    proof(of: "AidPolicyTests", on: ["AidPolicy", "AidReview", "AidYAML", "AidModel"]),
    proof(of: "AidPayoutTests", on: ["AidPayout", "AidModel"]),
    proof(of: "AidStoreTests", on: ["AidStore", "AidModel", grdb]),
    proof(of: "AidReviewTests", on: ["AidReview", "AidModel"]),
    proof(of: "AidPipelineTests", on: ["AidPipeline", "AidIntake", "AidModel", "CZlib", grdb]),
    proof(of: "HouseTests", on: ["AidPipeline", "AidModel"]),
  ],
  swiftLanguageModes: [.v6]
)

// The fuzzer links with a sanitizer only (`make fuzz`).
if Context.environment["AIDLEDGER_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "FuzzIntake", dependencies: ["AidIntake", "AidModel", "AidPipeline"], path: "Tests/FuzzIntake",
      exclude: ["Seeds"],
      swiftSettings: settings))
}

// The benchmark of assessing is built only where it is wanted (`make bench-assess`).
if Context.environment["AIDLEDGER_BENCH"] != nil {
  package.targets.append(
    .executableTarget(
      name: "BenchAssess", dependencies: ["AidModel", "AidPolicy"], path: "Tests/BenchAssess",
      swiftSettings: settings))
}
