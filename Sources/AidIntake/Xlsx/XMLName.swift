import CLibXML2

/// The relevant element names in sheets and shared strings, compared by bytes without creating a String.
enum XMLName {
  case c, v, f, t, si, `is`, row, rPh, mergeCell, col, autoFilter, sheetData, sheetCalcPr, strike
  case choice, fallback, alternates, other

  init(_ local: UnsafePointer<xmlChar>) {
    let a = local[0]
    let b = a == 0 ? 0 : local[1]
    if b == 0 {
      switch a {
      case UInt8(ascii: "c"): self = .c
      case UInt8(ascii: "v"): self = .v
      case UInt8(ascii: "f"): self = .f
      case UInt8(ascii: "t"): self = .t
      default: self = .other
      }
      return
    }
    switch (a, b) {
    case (UInt8(ascii: "r"), UInt8(ascii: "o")): self = Self.equal(local, "row") ? .row : .other
    case (UInt8(ascii: "i"), UInt8(ascii: "s")): self = Self.equal(local, "is") ? .is : .other
    case (UInt8(ascii: "s"), UInt8(ascii: "i")): self = Self.equal(local, "si") ? .si : .other
    case (UInt8(ascii: "s"), UInt8(ascii: "h")):
      self =
        Self.equal(local, "sheetData") ? .sheetData : Self.equal(local, "sheetCalcPr") ? .sheetCalcPr : .other
    case (UInt8(ascii: "r"), UInt8(ascii: "P")): self = Self.equal(local, "rPh") ? .rPh : .other
    case (UInt8(ascii: "m"), UInt8(ascii: "e")): self = Self.equal(local, "mergeCell") ? .mergeCell : .other
    case (UInt8(ascii: "c"), UInt8(ascii: "o")): self = Self.equal(local, "col") ? .col : .other
    case (UInt8(ascii: "a"), UInt8(ascii: "u")): self = Self.equal(local, "autoFilter") ? .autoFilter : .other
    case (UInt8(ascii: "s"), UInt8(ascii: "t")): self = Self.equal(local, "strike") ? .strike : .other
    case (UInt8(ascii: "C"), UInt8(ascii: "h")): self = Self.equal(local, "Choice") ? .choice : .other
    case (UInt8(ascii: "F"), UInt8(ascii: "a")): self = Self.equal(local, "Fallback") ? .fallback : .other
    case (UInt8(ascii: "A"), UInt8(ascii: "l")):
      self = Self.equal(local, "AlternateContent") ? .alternates : .other
    default: self = .other
    }
  }

  static func equal(_ local: UnsafePointer<xmlChar>, _ name: StaticString) -> Bool {
    for i in 0..<name.utf8CodeUnitCount where local[i] != name.utf8Start[i] { return false }
    return local[name.utf8CodeUnitCount] == 0
  }
}
