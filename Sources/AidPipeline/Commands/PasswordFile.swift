public import AidIntake
public import AidModel
import Glibc

/// `--password-file`: passwords to try on workbooks, one per line.
public enum PasswordFile {
  public typealias Passwords = AidIntake.Passwords

  public static var none: Passwords { .none }

  /// A larger file is not a list of typed passwords.
  private static let bytesMax = 1 << 16

  /// - Returns: the passwords, and a warning if other users can read the file.
  public static func read(_ path: String) throws(PipelineFailure) -> (
    passwords: Passwords, warning: Bilingual?
  ) {
    let bytes = try Disk.read(path, shown: path, most: bytesMax, orPipe: true)
    guard let passwords = Passwords(lines: bytes) else {
      throw PipelineFailure(
        path, Bilingual("密码文件不是 UTF-8 文本", "the password file is not UTF-8 text"),
        remedy: Bilingual("请用 UTF-8 编码另存。", "Save it in UTF-8."))
    }
    guard !passwords.isEmpty else {
      throw PipelineFailure(
        path, Bilingual("密码文件里没有密码", "the password file holds no password"),
        remedy: Bilingual("请每行写一个密码。", "Write one password a line."))
    }
    return (passwords, isPrivate(path) ? nil : warning(path))
  }

  /// No other process reads our pipe.
  private static func isPrivate(_ path: String) -> Bool {
    var info = stat()
    return stat(path, &info) != 0 || info.st_mode & S_IFMT != S_IFREG || info.st_mode & 0o077 == 0
  }

  private static func warning(_ path: String) -> Bilingual {
    Bilingual(
      "\(path): 这台机器上的其他人也能读密码文件\n  → chmod 600 \(path)",
      "\(path): others on this machine may read the password file\n  → chmod 600 \(path)")
  }
}
