public import AidModel
internal import GRDB
import Glibc

/// A store that cannot be used.
public struct StoreFailure: Error, Sendable {
  public enum Reason: Sendable {
    /// It cannot be read or written. A posting in progress may or may not have been kept.
    case unusable
    /// It was altered, or is not a store.
    case damaged
    /// The batch is posted already; nothing was added.
    case alreadyPosted
    /// Another batch was posted meanwhile; nothing was added.
    case changed
    /// The data to post contradict themselves; nothing was added.
    case contradicts
  }

  public let reason: Reason
  public let path: String
  public let what: Bilingual
  public let remedy: Bilingual

  init(_ reason: Reason, _ path: String, _ what: Bilingual, remedy: Bilingual) {
    (self.reason, self.path, self.what, self.remedy) = (reason, path, what, remedy)
  }

  /// From an error while reading or writing the store.
  init(_ error: any Error, _ path: String) {
    if let failure = error as? StoreFailure {
      self = failure
      return
    }
    let text = (error as? DatabaseError)?.message ?? "\(error)"
    self.init(
      .unusable, path,
      Bilingual("记录库打不开或写不了：\(text)", "the store cannot be used: \(text)"),
      remedy: Bilingual(
        "请检查路径、权限和磁盘空间；文件损坏时请从备份恢复，并用 aidledger history list 核对最后入账的是哪一批。",
        "Check path, permissions and disk space; restore a damaged file from its backup, and look with "
          + "`aidledger history list` which batch it posted last."))
  }

  /// From a failed system call, by `errno`.
  static func system(_ path: String) -> StoreFailure {
    let text = String(cString: strerror(errno))
    return StoreFailure(
      .unusable, path, Bilingual("记录库读不到：\(text)", "the store cannot be reached: \(text)"),
      remedy: Bilingual(
        "请检查路径、所在文件夹的权限和磁盘是否接好。没有记录库就不知道以前发过什么，所以没有继续。",
        "Check the path, its folder's permissions and whether its disk is there. Without the store it is "
          + "not known what was paid before, so nothing was done."))
  }

  static func damaged(_ path: String, _ what: Bilingual) -> StoreFailure {
    StoreFailure(
      .damaged, path, what,
      remedy: Bilingual(
        "没有发放任何款项。请用最近的备份换下这个文件，再用 aidledger history list 核对最后入账的批次；备份之后入账的批次先用 "
          + "aidledger history import 补上，然后才能再发款。",
        "Nothing was paid. Put the latest backup in its place and look with `aidledger history list` which "
          + "batch it posted last; import what was posted since with `aidledger history import` before "
          + "paying anything."))
  }

  static func notAStore(_ path: String) -> StoreFailure {
    StoreFailure(
      .damaged, path,
      Bilingual("这个文件不是 aidledger 的记录库，没有动它", "the file is no store of aidledger; it was left alone"),
      remedy: Bilingual(
        "请检查 --store 的路径。记录库变成空文件或别的文件时，请从备份恢复。",
        "Check the path of --store. Where the store has become an empty or another file, restore its backup.")
    )
  }

  static func newer(_ path: String) -> StoreFailure {
    StoreFailure(
      .unusable, path,
      Bilingual("记录库由更新版本的程序建立", "the store was made by a newer version"),
      remedy: Bilingual("请改用新版本的 aidledger。", "Use the newer aidledger."))
  }
}
