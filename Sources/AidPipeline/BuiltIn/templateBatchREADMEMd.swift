// swift-format-ignore-file
let templateBatchREADMEMd = #"""
  # 一个批次的步骤

  1. 核对 `batch.yaml`：批次号（取自文件夹名）、核算期、发放日、基金金额。
  2. 把本年的办法放进 `policies/`，用 `aidledger policy check policies/*.yaml` 检查。
     空白申请表在 `forms/`；改了办法后用 `aidledger template policies/办法.yaml -o forms/表.xlsx --force` 重写，再发给各二级工会。
  3. 把各二级工会的表原样放进 `applications/`（.xlsx .xls .et .ods .csv 等都可，也可以有子文件夹）：里面的每个文件都会读到。
     不是名单的文件（通知、照片）在 `batch.yaml` 的 `ignore` 里写明理由；哪个文件没有一项读、也没有写明，整批就停下并指出它。
     几个项目时各放一个子文件夹，各写一项，如 `files: [applications/困难补助/]`。名册、以往发放、审批金额放进相应文件夹，并在 `batch.yaml` 里写上。
  4. `aidledger validate 本文件夹`，看 `out/reports/validation.html`，把有问题的行退回改正。
  5. `aidledger run 本文件夹 --dry-run`，看 `out/reports/summary.html`；需要审批的金额写进 `decisions/`。
  6. `aidledger run 本文件夹`：出台账、入账。台账在 `out/ledgers/`。
  7. 有人问起：`aidledger explain 本文件夹 --staff-no 工号`。

  # Steps of a batch

  1. Check `batch.yaml`; its name comes from the folder's. 2. Put this year's policies into `policies/` and check them; blank applications are in `forms/`
  (`aidledger template policies/P.yaml -o forms/P.xlsx --force` writes one anew). 3. Put the lists into `applications/`, as they came: every file in it
  and its subfolders is read; what is no list is named under `ignore` with the reason, and a file that nothing reads stops the run.
  With several programmes give each a subfolder and an entry, `files: [applications/困难补助/]`.
  4. `aidledger validate`. 5. `aidledger run --dry-run`. 6. `aidledger run`. 7. `aidledger explain --staff-no N`.

  """#
