import AidModel
import Glibc

/// Locks an output folder against a second run. The kernel releases the lock of a killed run.
struct FileLock: ~Copyable {
  private let path: String
  private let handle: Int32

  /// - Throws: immediately, if another run holds the lock.
  init(_ folder: String) throws(PipelineFailure) {
    path = folder + ".lock"
    while true {
      let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard file >= 0 else { throw Disk.failure(folder, "写不了文件", "cannot write the file") }
      guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
        close(file)
        throw PipelineFailure(
          folder, Bilingual("另一次运行正在写这个文件夹", "another run is writing this folder"),
          remedy: Bilingual("请等它结束后再运行。", "Wait until it has ended."))
      }
      // The previous holder may have removed the file between our open and lock.
      var (held, named) = (stat(), stat())
      if fstat(file, &held) == 0, stat(path, &named) == 0, held.st_ino == named.st_ino {
        handle = file
        return
      }
      close(file)
    }
  }

  func release() {
    unlink(path)
    close(handle)
  }
}
