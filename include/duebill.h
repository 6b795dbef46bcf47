/*
 * duebill: ticket-to-cash for helpdesks. Generated from the sources of duebill-ffi; do not edit.
 *
 * What holds for every function:
 *
 * Status     Returns 0 (DUEBILL_OK), a DUEBILL_* code of this boundary (1-99) or a DUEBILL_E_* code of the core (100 and up).
 *            Outputs are written on success only, as the last step. A NULL output is refused before any work is done.
 * Errors     `error` is your struct, or NULL. A failure writes all of it, a success none of it; there is no thread-local
 *            state. Its `details` is a result handle that you free; freeing 0 is fine.
 * Pointers   A pointer is NULL or valid for its length or type during the call. Nothing of yours is kept after it.
 *            NULL, misaligned, over-long and non-UTF-8 arguments, and stale, forged or wrong-typed handles return a code.
 *            An output may overlap an input: inputs are read before outputs are written.
 * Text       Pointer and length in bytes, UTF-8, no NUL needed at the end. Documents are JSON; unknown fields and duplicate
 *            keys are refused. Limits: DUEBILL_MAX_DOCUMENT, DUEBILL_MAX_STORED, DUEBILL_MAX_LIST.
 * Units      Money is a decimal string in major units beside its currency, dates are ISO 8601, quantities say their unit in
 *            the document. There is no floating point.
 * Handles    64-bit numbers; 0 is none. Compare them, copy them, but do not compute with them. Free each once, by the
 *            function of its type; there is no memory to pass to free().
 * Threads    Any thread may call anything. One log is changed by one call at a time; everything else runs side by side.
 *            No function calls back into the host or waits for anything but a log that another thread is using.
 * Fork       Handles work in a forked child. One that another thread was inside of at that moment returns DUEBILL_FORKED.
 * Panics     A defect inside is caught, returned as DUEBILL_PANIC, and poisons only the log the call was made on.
 */

#ifndef DUEBILL_H
#define DUEBILL_H

#include <stddef.h>
#include <stdint.h>

/** The version of this header; `duebill_version` gives the library's. */
#define DUEBILL_VERSION "0.1.0"
#define DUEBILL_VERSION_MAJOR 0
#define DUEBILL_VERSION_MINOR 1
#define DUEBILL_VERSION_PATCH 0

/** Codes of the core: a number keeps its meaning for ever, and new ones are added. */
#define DUEBILL_E_CURRENCY_UNKNOWN 101
#define DUEBILL_E_CURRENCY_MIXED 102
#define DUEBILL_E_NUMBER_FORM 103
#define DUEBILL_E_NUMBER_RANGE 104
#define DUEBILL_E_PRECISION 105
#define DUEBILL_E_AMOUNT_OVERFLOW 106
#define DUEBILL_E_SPLIT_WEIGHTS 107
#define DUEBILL_E_AMOUNT_WITHOUT_CURRENCY 108
#define DUEBILL_E_ID_LENGTH 201
#define DUEBILL_E_ID_CHARACTER 202
#define DUEBILL_E_LOOK_ALIKE 203
#define DUEBILL_E_DATE_FORM 301
#define DUEBILL_E_DATE_RANGE 302
#define DUEBILL_E_INSTANT_FORM 303
#define DUEBILL_E_ZONE_UNKNOWN 304
#define DUEBILL_E_LOCAL_TIME_ABSENT 305
#define DUEBILL_E_LOCAL_TIME_FORM 306
#define DUEBILL_E_CLOCK_TIME_FORM 307
#define DUEBILL_E_BAND_EMPTY 308
#define DUEBILL_E_BANDS_OVERLAP 309
#define DUEBILL_E_BAND_LIMIT 310
#define DUEBILL_E_NO_BUSINESS_DAY 311
#define DUEBILL_E_SYNTAX 401
#define DUEBILL_E_INVALID_UTF8 402
#define DUEBILL_E_DUPLICATE_KEY 403
#define DUEBILL_E_UNKNOWN_FIELD 404
#define DUEBILL_E_MISSING_FIELD 405
#define DUEBILL_E_WRONG_TYPE 406
#define DUEBILL_E_UNKNOWN_WORD 407
#define DUEBILL_E_DEPTH_LIMIT 408
#define DUEBILL_E_SIZE_LIMIT 409
#define DUEBILL_E_CONTROL_CHARACTER 410
#define DUEBILL_E_NUMBER_WHOLE 411
#define DUEBILL_E_DIGEST_FORM 412
#define DUEBILL_E_NUMBER_LIMIT 413
#define DUEBILL_E_SCHEMA_VERSION 414
#define DUEBILL_E_LOG_MISMATCH 501
#define DUEBILL_E_SEQUENCE_GAP 502
#define DUEBILL_E_PREVIOUS_HASH 503
#define DUEBILL_E_RECORD_HASH 504
#define DUEBILL_E_RECORD_VERSION 505
#define DUEBILL_E_COMMAND_CONFLICT 506
#define DUEBILL_E_HEAD_CONFLICT 507
#define DUEBILL_E_SALT_MISSING 508
#define DUEBILL_E_NOTE_SEALED 509
#define DUEBILL_E_DETACHED_MISMATCH 510
#define DUEBILL_E_LOG_TRUNCATED 511
#define DUEBILL_E_HEAD_MISMATCH 512
#define DUEBILL_E_LINE_FORM 513
#define DUEBILL_E_STATE_MISMATCH 514
#define DUEBILL_E_RECORD_KIND 515
#define DUEBILL_E_PERIOD_CLOSED 516
#define DUEBILL_E_CLOSING_ORDER 517
#define DUEBILL_E_PERIOD_OPEN 518
#define DUEBILL_E_REOPEN_ROLE 519
#define DUEBILL_E_REOPEN_REASON 520
#define DUEBILL_E_REOPEN_TWICE 521
#define DUEBILL_E_PERIOD_UNDER_WAY 522
#define DUEBILL_E_CLOCK_BEHIND 523
#define DUEBILL_E_PERIOD_AHEAD 524
#define DUEBILL_E_DAILY_SELLER 530
#define DUEBILL_E_DAILY_TWICE 531
#define DUEBILL_E_DAILY_ROOT 532
#define DUEBILL_E_DAILY_UNKNOWN 533
#define DUEBILL_E_DAILY_ORDER 534
#define DUEBILL_E_INCLUSION_BROKEN 535
#define DUEBILL_E_LOG_VANISHED 536
#define DUEBILL_E_LOG_WENT_BACK 537
#define DUEBILL_E_LOG_REWRITTEN 538
#define DUEBILL_E_EXTENSION_MISSING 539
#define DUEBILL_E_SEQUENCE_UNKNOWN 540
#define DUEBILL_E_EVIDENCE_UNKNOWN 541
#define DUEBILL_E_EVIDENCE_MISSING 542
#define DUEBILL_E_EVIDENCE_FORM 543
#define DUEBILL_E_EVIDENCE_BROKEN 544
#define DUEBILL_E_READY_RESERVED 545
#define DUEBILL_E_READY_COMMAND 546
#define DUEBILL_E_READY_ONLY 547
#define DUEBILL_E_NOTE_OPEN 548
#define DUEBILL_E_EVIDENCE_WORDS 591
#define DUEBILL_E_EVIDENCE_RULES 592
#define DUEBILL_E_EVIDENCE_NUMBER 593
#define DUEBILL_E_RECORD_FORM 594
#define DUEBILL_E_NUMBER_PATTERN 601
#define DUEBILL_E_NUMBER_RESET 602
#define DUEBILL_E_NUMBER_LENGTH 603
#define DUEBILL_E_NUMBER_DATE_ORDER 604
#define DUEBILL_E_NUMBER_EXHAUSTED 605
#define DUEBILL_E_SERIES_UNKNOWN 606
#define DUEBILL_E_FISCAL_START 608
#define DUEBILL_E_NUMBER_FOREIGN 609
#define DUEBILL_E_NUMBER_IMPORTED_OTHERWISE 610
#define DUEBILL_E_NUMBER_IMPORT_LATE 611
#define DUEBILL_E_NUMBER_IMPORT_PERIOD 612
#define DUEBILL_E_NUMBER_ASKED_DATE 697
#define DUEBILL_E_NUMBER_SHARED 698
#define DUEBILL_E_NUMBER_IMPORT_LAST 699
#define DUEBILL_E_TAX_RATE_MISSING 701
#define DUEBILL_E_TAX_RULES_OVERLAP 702
#define DUEBILL_E_TAX_PERCENT 703
#define DUEBILL_E_TAX_CATEGORY_UNKNOWN 704
#define DUEBILL_E_TAX_ROUNDING 705
#define DUEBILL_E_TAX_TREATMENT 706
#define DUEBILL_E_EXEMPTION_MISSING 707
#define DUEBILL_E_TAX_GROUP_UNKNOWN 708
#define DUEBILL_E_TAX_CATEGORY_MISSING 709
#define DUEBILL_E_RATES_EQUAL 801
#define DUEBILL_E_RATE_PERIOD 802
#define DUEBILL_E_RATE_NEGATIVE 803
#define DUEBILL_E_RATE_MULTIPLIER 804
#define DUEBILL_E_RATE_MISSING 805
#define DUEBILL_E_RATE_ID_TWICE 806
#define DUEBILL_E_AGREEMENT_HOURS 901
#define DUEBILL_E_AGREEMENT_BLOCK_INCOMPLETE 902
#define DUEBILL_E_AGREEMENT_UNKNOWN 903
#define DUEBILL_E_AGREEMENT_NOT_SOLD 904
#define DUEBILL_E_AGREEMENT_ID_TWICE 905
#define DUEBILL_E_AGREEMENT_NOT_IN_FORCE 906
#define DUEBILL_E_BLOCK_OVERDRAWN 907
#define DUEBILL_E_AGREEMENT_PRICE 908
#define DUEBILL_E_PERIOD_INTERVAL 909
#define DUEBILL_E_PERIOD_ENDS_EARLY 910
#define DUEBILL_E_FEE_PRICES 911
#define DUEBILL_E_FEE_CATCH_UP 912
#define DUEBILL_E_FEE_ID_TWICE 913
#define DUEBILL_E_FEE_UNKNOWN 914
#define DUEBILL_E_FEE_PERIOD 915
#define DUEBILL_E_FEE_QUANTITY 916
#define DUEBILL_E_ENTRY_ENDS_BEFORE_START 1001
#define DUEBILL_E_ENTRY_TOO_LONG 1002
#define DUEBILL_E_ENTRY_ZERO_LENGTH 1003
#define DUEBILL_E_TICKET_UNKNOWN 1004
#define DUEBILL_E_CUSTOMER_OUTSIDE 1005
#define DUEBILL_E_CUSTOMER_MISSING 1006
#define DUEBILL_E_UNMAPPED 1007
#define DUEBILL_E_CODE_UNKNOWN 1008
#define DUEBILL_E_PART_QUANTITY 1009
#define DUEBILL_E_SOURCE_CHANGED 1010
#define DUEBILL_E_ENTRY_CONFLICT 1011
#define DUEBILL_E_CODE_ID_TWICE 1012
#define DUEBILL_E_MAPPING_EQUAL 1013
#define DUEBILL_E_CODE_CIRCULAR 1014
#define DUEBILL_E_ENTRY_ID_TWICE 1015
#define DUEBILL_E_ENTRY_BILLED_ELSEWHERE 1016
#define DUEBILL_E_PART_PRICE 1017
#define DUEBILL_E_TICKET_ID_TWICE 1018
#define DUEBILL_E_PART_DESCRIPTION 1019
#define DUEBILL_E_ROUNDING_INCREMENT 1101
#define DUEBILL_E_ROUNDING_LIMITS 1102
#define DUEBILL_E_ROUNDING_GRACE 1103
#define DUEBILL_E_CHARGE_MISMATCH 1104
#define DUEBILL_E_CHARGE_ROUNDING 1105
#define DUEBILL_E_APPROVAL_CONTENT 1201
#define DUEBILL_E_APPROVAL_AUTHOR 1202
#define DUEBILL_E_APPROVAL_TWICE 1203
#define DUEBILL_E_APPROVAL_ROLE 1204
#define DUEBILL_E_APPROVAL_NOT_OPEN 1205
#define DUEBILL_E_APPROVAL_CURRENCY 1206
#define DUEBILL_E_APPROVAL_RULE 1207
#define DUEBILL_E_APPROVAL_NEEDED 1208
#define DUEBILL_E_APPROVAL_UNKNOWN 1209
#define DUEBILL_E_APPROVAL_RULE_STEPS 1210
#define DUEBILL_E_APPROVAL_RULE_CONDITION 1211
#define DUEBILL_E_APPROVAL_RULE_HOURS 1212
#define DUEBILL_E_APPROVAL_RATE 1213
#define DUEBILL_E_APPROVAL_EARLY 1214
#define DUEBILL_E_APPROVAL_EXPIRED 1215
#define DUEBILL_E_APPROVAL_NOT_EXPIRED 1216
#define DUEBILL_E_APPROVAL_ASSURANCE 1217
#define DUEBILL_E_APPROVAL_DELEGATION 1218
#define DUEBILL_E_APPROVAL_DELEGATION_UNKNOWN 1219
#define DUEBILL_E_APPROVAL_DELEGATION_REFUSED 1220
#define DUEBILL_E_SIGNATURE_MISSING 1221
#define DUEBILL_E_SIGNATURE_FORM 1222
#define DUEBILL_E_SIGNATURE_SIGNER_UNKNOWN 1223
#define DUEBILL_E_SIGNATURE_WRONG 1224
#define DUEBILL_E_SIGNER_KEY 1225
#define DUEBILL_E_SIGNATURES_OFF 1226
#define DUEBILL_E_DECISIONS_NONE 1227
#define DUEBILL_E_ESTIMATE_CAP 1228
#define DUEBILL_E_ESTIMATE_EXPIRY 1229
#define DUEBILL_E_ESTIMATE_UNKNOWN 1230
#define DUEBILL_E_ESTIMATE_WITHDRAWN 1231
#define DUEBILL_E_SUBJECT_TWICE 1232
#define DUEBILL_E_ESTIMATE_OVERDRAWN 1233
#define DUEBILL_E_HOLD_NONE 1234
#define DUEBILL_E_ESTIMATE_MOVED 1235
#define DUEBILL_E_APPROVAL_PAGE 1240
#define DUEBILL_E_APPROVAL_RULE_DEPTH 1241
#define DUEBILL_E_APPROVAL_RATE_DATE 1242
#define DUEBILL_E_APPROVAL_RULE_UNANSWERED 1250
#define DUEBILL_E_APPROVAL_REASON 1251
#define DUEBILL_E_APPROVAL_RULE_RESERVED 1252
#define DUEBILL_E_INVOICE_UNKNOWN 1301
#define DUEBILL_E_INVOICE_STATE 1302
#define DUEBILL_E_INVOICE_NUMBER_PENDING 1303
#define DUEBILL_E_INVOICE_ALLOCATED 1304
#define DUEBILL_E_NOTHING_TO_BILL 1305
#define DUEBILL_E_PERIOD_ORDER 1306
#define DUEBILL_E_TERMS_DAYS 1307
#define DUEBILL_E_DISPUTE_UNKNOWN 1308
#define DUEBILL_E_DISPUTE_TWICE 1309
#define DUEBILL_E_NUMBER_MISMATCH 1310
#define DUEBILL_E_ADJUSTMENT_FORM 1331
#define DUEBILL_E_ADJUSTMENT_RANGE 1332
#define DUEBILL_E_CASH_STEP 1333
#define DUEBILL_E_BASE_QUANTITY 1334
#define DUEBILL_E_DEPOSIT_TAX 1335
#define DUEBILL_E_CREDIT_EXCEEDS 1336
#define DUEBILL_E_DEPOSIT_RATE_CHANGED 1343
#define DUEBILL_E_ONE_OFF_INVOICE 1344
#define DUEBILL_E_ONE_OFF_AMOUNT 1345
#define DUEBILL_E_ONE_OFF_REASON 1346
#define DUEBILL_E_ONE_OFF_OVER 1347
#define DUEBILL_E_CREDIT_UNTAXED 1348
#define DUEBILL_E_DEPOSIT_PART_PAID 1349
#define DUEBILL_E_TERMS_DAY_OF_MONTH 1350
#define DUEBILL_E_INSTALMENT_COUNT 1351
#define DUEBILL_E_INSTALMENT_SHARES 1352
#define DUEBILL_E_INSTALMENT_INTERVAL 1353
#define DUEBILL_E_INSTALMENT_STEP 1354
#define DUEBILL_E_DISCOUNT_PERCENT 1355
#define DUEBILL_E_CREDIT_OVER 1361
#define DUEBILL_E_CREDIT_NOTHING 1362
#define DUEBILL_E_CREDIT_LINE_UNKNOWN 1363
#define DUEBILL_E_CREDIT_REBILL_PART 1364
#define DUEBILL_E_CREDIT_SPLITS_ENTRY 1365
#define DUEBILL_E_INVOICE_CREDITED 1366
#define DUEBILL_E_ID_TAKEN 1367
#define DUEBILL_E_CREDIT_UNKNOWN 1368
#define DUEBILL_E_CREDIT_WITHOUT_LINES 1369
#define DUEBILL_E_CREDIT_TAXES 1370
#define DUEBILL_E_CREDIT_CURRENCY 1371
#define DUEBILL_E_CREDIT_TARGET 1372
#define DUEBILL_E_WRITE_OFF_UNKNOWN 1373
#define DUEBILL_E_RECOVERY_OVER 1374
#define DUEBILL_E_DISPUTE_EXTENT 1375
#define DUEBILL_E_DISPUTE_STEP 1376
#define DUEBILL_E_DISPUTE_REMEDY 1377
#define DUEBILL_E_DOCUMENT_OTHER 1378
#define DUEBILL_E_NUMBER_BEFORE_DRAFT 1379
#define DUEBILL_E_ACCEPTED_TWICE 1380
#define DUEBILL_E_HELD_TWICE 1381
#define DUEBILL_E_NOT_HELD 1382
#define DUEBILL_E_LABEL_UNKNOWN 1383
#define DUEBILL_E_DEPOSIT_UNKNOWN 1384
#define DUEBILL_E_DEPOSIT_UNPAID 1385
#define DUEBILL_E_DEPOSIT_DEDUCTED 1386
#define DUEBILL_E_DEPOSIT_AMOUNT 1387
#define DUEBILL_E_DEPOSIT_OTHER_RATE 1388
#define DUEBILL_E_DISCOUNT_PRICES 1389
#define DUEBILL_E_NUMBER_ASKED 1390
#define DUEBILL_E_DOCUMENT_TEXT 1391
#define DUEBILL_E_COUNTRY 1392
#define DUEBILL_E_PAYMENT_MEANS 1393
#define DUEBILL_E_PAYMENT_REFERENCE 1394
#define DUEBILL_E_REFERENCE_CHECK 1395
#define DUEBILL_E_REFERENCE_RULE 1396
#define DUEBILL_E_REFERENCE_AMBIGUOUS 1397
#define DUEBILL_E_VOID_UNDECIDED 1398
#define DUEBILL_E_VOID_UNKNOWN 1399
#define DUEBILL_E_ITEM_UNKNOWN 1401
#define DUEBILL_E_OVER_ALLOCATION 1402
#define DUEBILL_E_ALLOCATION_SIGN 1403
#define DUEBILL_E_ITEM_TWICE 1404
#define DUEBILL_E_ALLOCATION_CURRENCY 1405
#define DUEBILL_E_OPENING_AMOUNTS 1406
#define DUEBILL_E_DISPUTE_AMOUNT 1407
#define DUEBILL_E_ITEM_NOT_OPEN_YET 1408
#define DUEBILL_E_ITEM_RISEN 1409
#define DUEBILL_E_ITEM_INSTALMENTS 1430
#define DUEBILL_E_STATEMENT_SUM 1501
#define DUEBILL_E_RECEIPT_AMOUNT 1502
#define DUEBILL_E_RECEIPT_CONFLICT 1503
#define DUEBILL_E_RECEIPT_KNOWN 1504
#define DUEBILL_E_RECEIPT_UNKNOWN 1505
#define DUEBILL_E_RECEIPT_OVERSPENT 1506
#define DUEBILL_E_RECEIPT_CURRENCY 1507
#define DUEBILL_E_RESERVATION_UNKNOWN 1508
#define DUEBILL_E_RESERVATION_SETTLED 1509
#define DUEBILL_E_RESERVATION_TWICE 1510
#define DUEBILL_E_RESERVATION_EMPTY 1511
#define DUEBILL_E_RECEIPT_ASSIGNED 1512
#define DUEBILL_E_FEE_TOLERANCE 1513
#define DUEBILL_E_PLAN_TWICE 1514
#define DUEBILL_E_ADJUSTMENT_KIND 1515
#define DUEBILL_E_FEE_OVER_TOLERANCE 1516
#define DUEBILL_E_ADJUSTMENT_REASON 1517
#define DUEBILL_E_ADJUSTMENT_AMOUNT 1518
#define DUEBILL_E_RECEIPT_REVERSED 1519
#define DUEBILL_E_REFUND_TWICE 1520
#define DUEBILL_E_RECEIPT_BELOW_ZERO 1521
#define DUEBILL_E_WITHHOLDING_PERCENT 1522
#define DUEBILL_E_REFUND_UNAPPROVED 1523
#define DUEBILL_E_REFUND_CUSTOMER 1525
#define DUEBILL_E_GATEWAY_FEE 1526
#define DUEBILL_E_REFUND_UNRECORDED 1527
#define DUEBILL_E_REFUND_SETTLED 1528
#define DUEBILL_E_DEBIT_AMOUNT 1529
#define DUEBILL_E_MATCH_AMBIGUOUS 1596
#define DUEBILL_E_MATCH_AMOUNT 1597
#define DUEBILL_E_NAMED_OTHER 1598
#define DUEBILL_E_REFUND_RESERVED 1599
#define DUEBILL_E_AGING_LIMITS 1601
#define DUEBILL_E_CONTROL_TOTAL 1602
#define DUEBILL_E_AGING_OVERFLOW 1603
#define DUEBILL_E_ROLE_UNKNOWN 1750
#define DUEBILL_E_ROLE_RESERVED 1751
#define DUEBILL_E_ROLE_CAPABILITY 1752
#define DUEBILL_E_ROLE_REACH 1753
#define DUEBILL_E_ROLE_CLASS 1754
#define DUEBILL_E_ID_TWICE 1801
#define DUEBILL_E_REFERENCE_UNKNOWN 1802
#define DUEBILL_E_PARENT_CIRCULAR 1803
#define DUEBILL_E_PARENT_DEPTH 1804
#define DUEBILL_E_CUSTOMER_UNKNOWN 1805
#define DUEBILL_E_CUSTOMER_NOT_PAYER 1806
#define DUEBILL_E_SELLER_MISMATCH 1807
#define DUEBILL_E_BANK_ACCOUNT_SHARED 1808
#define DUEBILL_E_PRICE_CURRENCY_MISSING 1809
#define DUEBILL_E_OWN_RATE_CUSTOMER 1810
#define DUEBILL_E_PLAN_INTERVAL 1830
#define DUEBILL_E_PLAN_BALANCE 1831
#define DUEBILL_E_BILLING_WAIT 1832
#define DUEBILL_E_DISCOUNT_MIXED 1833
#define DUEBILL_E_PLAN_ZONE 1834
#define DUEBILL_E_RULEBOOK_UNPUBLISHED 1840
#define DUEBILL_E_RULEBOOK_NOT_IN_FORCE 1841
#define DUEBILL_E_PUBLICATION_REQUIRED 1842
#define DUEBILL_E_PUBLICATION_TWICE 1843
#define DUEBILL_E_PUBLICATION_EMPTY 1844
#define DUEBILL_E_PUBLICATION_BASE 1845
#define DUEBILL_E_PUBLICATION_UNKNOWN 1846
#define DUEBILL_E_PUBLICATION_AUTHOR 1847
#define DUEBILL_E_PUBLICATION_ROLE 1848
#define DUEBILL_E_PUBLICATION_AGAIN 1849
#define DUEBILL_E_PUBLICATION_DIGEST 1850
#define DUEBILL_E_PUBLICATION_APPROVALS 1851
#define DUEBILL_E_RULEBOOK_SUPERSEDED 1852
#define DUEBILL_E_SALE_TWICE 1901
#define DUEBILL_E_RESERVATION_ACCOUNT 1902
#define DUEBILL_E_RESERVATION_APPLIED 1903
#define DUEBILL_E_DRAFT_SUMS 1904
#define DUEBILL_E_APPLIED_UNKNOWN 1905
#define DUEBILL_E_RESERVATION_UNAPPLIED 1906
#define DUEBILL_E_RESERVATION_REFUSED 1907
#define DUEBILL_E_OPENING_KNOWN 1908
#define DUEBILL_E_OPENING_CONFLICT 1909
#define DUEBILL_E_TRANSFER_SELF 1910
#define DUEBILL_E_TRANSFER_TWICE 1911
#define DUEBILL_E_TRANSFER_DISPUTED 1912
#define DUEBILL_E_TRANSFER_UNKNOWN 1913
#define DUEBILL_E_TRANSFER_ENTRY 1914
#define DUEBILL_E_CUSTOMER_LEFT 1915
#define DUEBILL_E_TRANSFER_WAITING 1916
#define DUEBILL_E_TRANSFER_ORDER 1917
#define DUEBILL_E_TRANSFER_FEE 1918
#define DUEBILL_E_PLAN_COMMITTED 1930
#define DUEBILL_E_PLAN_NOT_DUE 1931
#define DUEBILL_E_PLAN_CHANGED 1932
#define DUEBILL_E_BELOW_MINIMUM 1933
#define DUEBILL_E_MILESTONE_TWICE 1934
#define DUEBILL_E_FEE_DAYS 1935
#define DUEBILL_E_BILL_BEFORE_WORK 1936
#define DUEBILL_E_OPENING_LATE 1941
#define DUEBILL_E_OPENING_NUMBER 1942
#define DUEBILL_E_OPENING_WORK 1943
#define DUEBILL_E_OPENING_BLOCK 1944
#define DUEBILL_E_OPENING_OWN 1945
#define DUEBILL_E_REFUND_UNKNOWN 1949
#define DUEBILL_E_FIXED_PRICE 1950
#define DUEBILL_E_LINE_UNKNOWN 2001
#define DUEBILL_E_VIEWER_UNKNOWN 2030
#define DUEBILL_E_PAGE_TOKEN 2031
#define DUEBILL_E_PAGE_LIMIT 2032
#define DUEBILL_E_DOCUMENT_UNKNOWN 2033
#define DUEBILL_E_ID_DOUBLED 2034
#define DUEBILL_E_NOTHING_OVERDUE 2040
#define DUEBILL_E_PACK_OTHER 2041
#define DUEBILL_E_SHADOW_NUMBER_TWICE 2042
#define DUEBILL_E_LOG_KIND 2101
#define DUEBILL_E_CALCULATION_UNKNOWN 2102
#define DUEBILL_E_SIMULATION_LIMIT 2103
#define DUEBILL_E_TASK_UNKNOWN 2401
#define DUEBILL_E_TASK_CONFIRMED 2402
#define DUEBILL_E_TASK_FAILED_BEFORE 2403
#define DUEBILL_E_TASK_WAITS 2404
#define DUEBILL_E_TASK_RULE 2405
#define DUEBILL_E_TASK_RULE_NET 2406
#define DUEBILL_E_TASK_FAILED 2407
#define DUEBILL_E_ESCALATION_EARLY 2408
#define DUEBILL_E_ESCALATION_TWICE 2409
#define DUEBILL_E_TASK_RULE_UNANSWERED 2420
#define DUEBILL_E_CLASS_UNKNOWN 2501
#define DUEBILL_E_RETENTION_PERIOD 2502
#define DUEBILL_E_ATTACHMENT_TWICE 2503
#define DUEBILL_E_ABOUT_UNKNOWN 2504
#define DUEBILL_E_LEGAL_HOLD_TWICE 2505
#define DUEBILL_E_LEGAL_HOLD_UNKNOWN 2506
#define DUEBILL_E_LEGAL_HOLD_ROLE 2507
#define DUEBILL_E_CONTENT_UNKNOWN 2508
#define DUEBILL_E_UNDER_LEGAL_HOLD 2509
#define DUEBILL_E_UNDER_DISPUTE 2510
#define DUEBILL_E_RETENTION_EARLY 2511
#define DUEBILL_E_BYTES_SHARED 2512
#define DUEBILL_E_RETENTION_PLAN_CHANGED 2513
#define DUEBILL_E_RETENTION_NOTHING 2514
#define DUEBILL_E_PERSON_UNKNOWN 2515
#define DUEBILL_E_PURGE_WHAT 2516
#define DUEBILL_E_ERASE_ROLE 2517
#define DUEBILL_E_ERASE_AHEAD 2518

/**
 * What may change: nothing that this header says, as long as this number stays. New functions and new codes may come.
 */
#define DUEBILL_ABI_VERSION 1

/**
 * Seconds: up to the next multiple of the increment.
 */
#define DUEBILL_SECONDS_UP 0

/**
 * Seconds: down to the multiple before.
 */
#define DUEBILL_SECONDS_DOWN 1

/**
 * Seconds: to the nearest multiple, halves up.
 */
#define DUEBILL_SECONDS_NEAREST 2

/**
 * Seconds: to the nearest multiple, halves to the even one.
 */
#define DUEBILL_SECONDS_NEAREST_HALF_EVEN 3

/**
 * Seconds: stay as they are, but for minimum and maximum.
 */
#define DUEBILL_SECONDS_AS_WORKED 4

/**
 * Money: to the nearest, ties away from zero.
 */
#define DUEBILL_ROUND_HALF_UP 0

/**
 * Money: to the nearest, ties to the even unit.
 */
#define DUEBILL_ROUND_HALF_EVEN 1

/**
 * Money: away from zero.
 */
#define DUEBILL_ROUND_UP 2

/**
 * Money: toward zero.
 */
#define DUEBILL_ROUND_DOWN 3

/**
 * Money: toward positive infinity.
 */
#define DUEBILL_ROUND_CEILING 4

/**
 * Money: toward negative infinity.
 */
#define DUEBILL_ROUND_FLOOR 5

/**
 * The quantity counts what the price prices.
 */
#define DUEBILL_PER_UNIT 0

/**
 * The quantity counts seconds, the price an hour.
 */
#define DUEBILL_PER_HOUR 1

/**
 * A factor that changes nothing: factors are in ten-thousandths.
 */
#define DUEBILL_FACTOR_ONE 10000

/**
 * No maximum of seconds; no end of a month to count from.
 */
#define DUEBILL_NONE 4294967295

/**
 * The longest document, name or hash, in bytes: 64 MiB.
 */
#define DUEBILL_MAX_DOCUMENT 67108864

/**
 * The longest text of stored records that `duebill_verify` takes, in bytes: 1 GiB.
 */
#define DUEBILL_MAX_STORED 1073741824

/**
 * The most handles or numbers in one list: 1,048,576.
 */
#define DUEBILL_MAX_LIST 1048576

/**
 * The call did what it says, and its outputs are written.
 */
#define DUEBILL_OK 0

/**
 * A required pointer is NULL. (A handle that is 0 is `DUEBILL_STALE_HANDLE`.)
 */
#define DUEBILL_NULL_ARGUMENT 1

/**
 * The handle is 0, was freed, or was never given out.
 */
#define DUEBILL_STALE_HANDLE 2

/**
 * The handle is alive but of another type than the function takes.
 */
#define DUEBILL_WRONG_HANDLE_TYPE 3

/**
 * A text is not UTF-8; `offset` of the error counts the good bytes before the first bad one.
 */
#define DUEBILL_INVALID_UTF8 4

/**
 * A length or a count is over the documented limit; nothing was read.
 */
#define DUEBILL_LENGTH_LIMIT 5

/**
 * A pointer to a struct, a handle or an integer is not aligned for it.
 */
#define DUEBILL_MISALIGNED_POINTER 6

/**
 * A defect of the library: it panicked, was caught, and the log that the call was made on is poisoned.
 */
#define DUEBILL_PANIC 7

/**
 * An earlier call on this log panicked: free it and replay the stored records into a new one.
 */
#define DUEBILL_POISONED 8

/**
 * In a forked child: another thread of the parent was inside a call on this handle at the moment of the fork.
 */
#define DUEBILL_FORKED 9

/**
 * The JSON pointer, the schema name or the command id names nothing here.
 */
#define DUEBILL_NOT_FOUND 10

/**
 * A name or an id holds a control character (U+0000 to U+001F, U+007F).
 */
#define DUEBILL_CONTROL_CHARACTER 11

/**
 * The text is not a JSON pointer (RFC 6901): empty, or `/` before each part, with only `~0` and `~1` as escapes.
 */
#define DUEBILL_INVALID_POINTER 12

/**
 * `DUEBILL_MAX_LIVE_HANDLES` are alive; free some.
 */
#define DUEBILL_TOO_MANY_HANDLES 13

/**
 * A defect of the library: a document it made cannot be read as JSON.
 */
#define DUEBILL_UNREADABLE_RESULT 14

/**
 * An argument that takes one of some `DUEBILL_*` constants has another value.
 */
#define DUEBILL_UNKNOWN_CONSTANT 15

/**
 * The most handles alive at once, of all types together.
 */
#define DUEBILL_MAX_LIVE_HANDLES 16776960

/**
 * No view; never stands in one that was written.
 */
#define DUEBILL_KIND_NONE 0

/**
 * `null`.
 */
#define DUEBILL_KIND_NULL 1

/**
 * `true` or `false`; `integer` is 1 or 0.
 */
#define DUEBILL_KIND_BOOLEAN 2

/**
 * A whole number that fits `integer`.
 */
#define DUEBILL_KIND_INTEGER 3

/**
 * Any other number: read `raw`. Results have none but in schemas and documents of the host; amounts are strings.
 */
#define DUEBILL_KIND_NUMBER 4

/**
 * A string; `text` is its content without quotes and escapes.
 */
#define DUEBILL_KIND_STRING 5

/**
 * An array of `count` elements.
 */
#define DUEBILL_KIND_ARRAY 6

/**
 * An object of `count` members.
 */
#define DUEBILL_KIND_OBJECT 7

/**
 * 0 is success, 1-99 a `DUEBILL_*` code of the boundary, 100 and above a `DUEBILL_E_*` code of the core.
 */
typedef uint32_t duebill_status;

/**
 * A document made by the library, or read by `duebill_document_parse`; immutable, shared by any number of threads. 0 is none.
 */
typedef uint64_t duebill_result;

/**
 * What went wrong. The caller owns the struct; a failed call writes every field, a successful one writes none.
 *
 * `name`, `pointer` and `message` end in NUL and are cut at a character border if they do not fit; `details` has them whole.
 * Test the returned status, show `message`, and never take a message apart: it may change, codes do not.
 */
typedef struct {
  /**
   * The status that the call returned.
   */
  uint32_t code;
  /**
   * How many findings `details` holds; 0 for a code of the boundary.
   */
  uint32_t findings;
  /**
   * For `DUEBILL_INVALID_UTF8` the byte offset of the first bad byte; else 0.
   */
  uint64_t offset;
  /**
   * The whole refusal as JSON (`{"code","findings":[..],"name"}`); release it by `duebill_result_free`. 0 for a code of the boundary.
   */
  duebill_result details;
  /**
   * The code's stable name in kebab case, like `stale-handle`.
   */
  char name[48];
  /**
   * JSON pointer to the first finding's place in the input; empty if it concerns the whole.
   */
  char pointer[256];
  /**
   * One sentence about the first finding, in English.
   */
  char message[512];
} duebill_error;

/**
 * A compiled rulebook; immutable, shared by any number of threads. 0 is none.
 */
typedef uint64_t duebill_rulebook;

/**
 * An account, a cash book, a publication of rules or a series; readers run beside each other, `duebill_log_apply` runs alone. 0 is none.
 */
typedef uint64_t duebill_log;

/**
 * A stretch of UTF-8 that the library owns. It does not end in NUL. `data` is never NULL, also when `length` is 0.
 */
typedef struct {
  /**
   * The first byte.
   */
  const char *data;
  /**
   * How many bytes.
   */
  size_t length;
} duebill_text;

/**
 * One value inside a result. The texts stay valid until that result is freed.
 */
typedef struct {
  /**
   * One of `DUEBILL_KIND_*`.
   */
  uint32_t kind;
  /**
   * Always 0.
   */
  uint32_t reserved;
  /**
   * Exactly the value's bytes in the document: what to store and to hash.
   */
  duebill_text raw;
  /**
   * The content of a string, without quotes and escapes; else empty.
   */
  duebill_text text;
  /**
   * A whole number; 1 or 0 for a boolean; else 0.
   */
  int64_t integer;
  /**
   * How many elements or members; else 0.
   */
  size_t count;
} duebill_view;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The version of the loaded library, like "0.1.0": compare it with `DUEBILL_VERSION` of the header.
 *
 * Ownership: static text, ends in NUL, never freed. Threads: any. Errors: none.
 */
const char *duebill_version(void);

/**
 * The ABI version of the loaded library: refuse to run if it is not `DUEBILL_ABI_VERSION` of the header.
 *
 * Threads: any. Errors: none.
 */
uint32_t duebill_abi_version(void);

/**
 * Rounds worked seconds to billed seconds: first `grace`, then the increment, `minimum`, `maximum`.
 *
 * `mode` is one of `DUEBILL_SECONDS_*`; `increment` is 1 to 86,400 seconds; a remainder of at most `grace` seconds over
 * a multiple is dropped, but never down to zero; `maximum` is `DUEBILL_NONE` where there is none. 0 stays 0.
 * Threads: any. Errors: the core's codes; `DUEBILL_UNKNOWN_CONSTANT`. On failure only `*error` is written.
 */
duebill_status duebill_round_seconds(uint64_t worked,
                                     uint32_t increment,
                                     uint32_t mode,
                                     uint32_t grace,
                                     uint32_t minimum,
                                     uint32_t maximum,
                                     uint64_t *billed,
                                     duebill_error *error);

/**
 * Extends a price by a quantity and a factor to an amount in minor units of the currency, rounded once.
 *
 * Price and quantity are integers whose last `scale` digits are decimals (7990 and 2 are 79.90), up to 8 decimals and
 * 15 digits. `per` is one of `DUEBILL_PER_*`, `factor` is in ten-thousandths, `rounding` is one of `DUEBILL_ROUND_*`,
 * `currency` points to the three capitals of an ISO 4217 code.
 * Threads: any. Errors: the core's codes; `DUEBILL_UNKNOWN_CONSTANT`. On failure only `*error` is written.
 */
duebill_status duebill_line_amount(int64_t price,
                                   uint8_t price_scale,
                                   int64_t quantity,
                                   uint8_t quantity_scale,
                                   uint32_t per,
                                   uint32_t factor,
                                   const char *currency,
                                   uint32_t rounding,
                                   int64_t *minor,
                                   duebill_error *error);

/**
 * The aging bucket of an item `days` past the date it ages from: 0 is not due, then one per limit, then one beyond.
 *
 * `limits` points to the last day of each of `limit_count` buckets, ascending, 1 to 12 of them.
 * Threads: any. Errors: the core's codes. On failure only `*error` is written.
 */
duebill_status duebill_bucket(int64_t days,
                              const uint32_t *limits,
                              size_t limit_count,
                              uint32_t *number,
                              duebill_error *error);

/**
 * The due date of what was issued at a date; both are days since 1970-01-01, negative before it.
 *
 * `end_of_month` counts the days from the end of the month so many months after the issue month, or is `DUEBILL_NONE`
 * to count from the issue date. Days and months go up to 3,650, dates from 1900 to 9999.
 * Threads: any. Errors: the core's codes. On failure only `*error` is written.
 */
duebill_status duebill_due_date(int32_t issued,
                                uint32_t days,
                                uint32_t end_of_month,
                                int32_t *due,
                                duebill_error *error);

/**
 * How many decimals a currency has: 2 for EUR, 0 for JPY, 3 for KWD.
 *
 * `currency` points to the three capitals of an ISO 4217 code.
 * Threads: any. Errors: the core's codes. On failure only `*error` is written.
 */
duebill_status duebill_currency_digits(const char *currency, uint32_t *digits, duebill_error *error);

/**
 * Compiles a whole rulebook document: policy and the terms of every customer.
 *
 * Ownership: `*rulebook` is yours until `duebill_rulebook_free`. Threads: any.
 * Errors: the core's codes, with every finding in `details`. On failure only `*error` is written.
 */
duebill_status duebill_rulebook_compile(const char *document,
                                        size_t document_length,
                                        duebill_rulebook *rulebook,
                                        duebill_error *error);

/**
 * Makes a rulebook with one customer's terms added or replaced, without reading the rest again.
 *
 * Ownership: `*extended` is a second rulebook and yours until `duebill_rulebook_free`; `rulebook` stays as it was.
 * Threads: any. Errors: the core's codes. On failure only `*error` is written.
 */
duebill_status duebill_rulebook_add_terms(duebill_rulebook rulebook,
                                          const char *document,
                                          size_t document_length,
                                          duebill_rulebook *extended,
                                          duebill_error *error);

/**
 * Makes a rulebook that knows what the publication log of its seller says: where publication is on, nothing is decided
 * under sections that are not published, or not in force. Call it again when something was published.
 *
 * Ownership: `*known` is a second rulebook and yours until `duebill_rulebook_free`; `rulebook` stays as it was.
 * Threads: any; beside other readers of the log. Errors: the core's codes; `DUEBILL_POISONED`. On failure only `*error`
 * is written.
 */
duebill_status duebill_rulebook_published(duebill_rulebook rulebook,
                                          duebill_log publication,
                                          duebill_rulebook *known,
                                          duebill_error *error);

/**
 * Ends a rulebook handle. 0 is fine; a second free returns `DUEBILL_STALE_HANDLE` and touches nothing.
 *
 * Threads: any, also while calls with this handle run: they finish on their own reference.
 */
duebill_status duebill_rulebook_free(duebill_rulebook rulebook);

/**
 * Opens an empty log at an address, like `{"id":"acme","kind":"account","seller":"s1"}`; kinds are `account`,
 * `cash_book`, `rulebook` (the publication of rules) and `series`. A log that exists is loaded by applying its stored records in order.
 *
 * Ownership: `*log` is yours until `duebill_log_free`. Threads: any.
 * Errors: the core's codes. On failure only `*error` is written.
 */
duebill_status duebill_log_open(const char *address,
                                size_t address_length,
                                duebill_log *log,
                                duebill_error *error);

/**
 * Decides one command: the answer is the record to store, or that the command was already recorded. The log stays as
 * it is until `duebill_log_apply`, so this is also the dry run.
 *
 * Answer: `{"outcome":"recorded","record","hash","detached","intents","rows","rows_version","seq"}`, or
 * `{"outcome":"repeated","hash","seq"}`. Store the bytes of the view at `/record` exactly as they stand.
 * Ownership: `*decision` is yours until `duebill_result_free`. Threads: any; beside other readers of the log.
 * Errors: the core's codes; `DUEBILL_POISONED`. On failure only `*error` is written.
 */
duebill_status duebill_log_decide(duebill_log log,
                                  duebill_rulebook rulebook,
                                  const char *command,
                                  size_t command_length,
                                  duebill_result *decision,
                                  duebill_error *error);

/**
 * Applies one stored record: everything is checked, then the log moves to the record's sequence.
 *
 * `record` is the stored bytes, `hash` their 64 hex digits, `detached` the JSON object kept beside them, or NULL and 0
 * if there is none or it was erased.
 * Threads: any; waits for calls on this log to finish and runs alone.
 * Errors: the core's codes (a break in the chain is one); `DUEBILL_POISONED`. On failure the log is as it was.
 */
duebill_status duebill_log_apply(duebill_log log,
                                 const char *record,
                                 size_t record_length,
                                 const char *hash,
                                 size_t hash_length,
                                 const char *detached,
                                 size_t detached_length,
                                 duebill_error *error);

/**
 * The head of the log: `{"hash":"..","seq":n}`. Keep it apart from the records: it is what finds a truncation.
 *
 * Ownership: `*head` is yours until `duebill_result_free`. Threads: any; beside other readers of the log.
 * Errors: `DUEBILL_POISONED`. On failure only `*error` is written.
 */
duebill_status duebill_log_head(duebill_log log,
                                duebill_result *head,
                                duebill_error *error);

/**
 * The sequence of the record that a command made.
 *
 * Threads: any; beside other readers of the log.
 * Errors: `DUEBILL_NOT_FOUND` if the command is not recorded; `DUEBILL_CONTROL_CHARACTER`; `DUEBILL_POISONED`.
 * On failure only `*error` is written.
 */
duebill_status duebill_log_recorded(duebill_log log,
                                    const char *command_id,
                                    size_t command_id_length,
                                    uint64_t *sequence,
                                    duebill_error *error);

/**
 * Answers a read-only question about the log; its `kind` says which.
 *
 * Ownership: `*answer` is yours until `duebill_result_free`. Threads: any; beside other readers of the log.
 * Errors: the core's codes; `DUEBILL_POISONED`. On failure only `*error` is written.
 */
duebill_status duebill_log_report(duebill_log log,
                                  duebill_rulebook rulebook,
                                  const char *request,
                                  size_t request_length,
                                  duebill_result *answer,
                                  duebill_error *error);

/**
 * Ends a log handle, poisoned or not. 0 is fine; a second free returns `DUEBILL_STALE_HANDLE` and touches nothing.
 *
 * Threads: any, also while calls with this handle run: they finish on their own reference.
 */
duebill_status duebill_log_free(duebill_log log);

/**
 * Prices tickets and their entries: charges with their receipts, no account needed.
 *
 * Ownership: `*charges` is yours until `duebill_result_free`. Threads: any.
 * Errors: the core's codes. On failure only `*error` is written.
 */
duebill_status duebill_rate(duebill_rulebook rulebook,
                            const char *work,
                            size_t work_length,
                            duebill_result *charges,
                            duebill_error *error);

/**
 * Proposes how the receipts of a cash book settle the open items of accounts.
 *
 * `accounts` points to `account_count` log handles and may be NULL if that is 0.
 * Ownership: `*plan` is yours until `duebill_result_free`. Threads: any; beside other readers of these logs.
 * Errors: the core's codes; `DUEBILL_POISONED`. A panic poisons `book`. On failure only `*error` is written.
 */
duebill_status duebill_match_receipts(duebill_rulebook rulebook,
                                      duebill_log book,
                                      const duebill_log *accounts,
                                      size_t account_count,
                                      const char *request,
                                      size_t request_length,
                                      duebill_result *plan,
                                      duebill_error *error);

/**
 * Ages the open items of logs at a date.
 *
 * `logs` points to `log_count` log handles and may be NULL if that is 0.
 * Ownership: `*report` is yours until `duebill_result_free`. Threads: any; beside other readers of these logs.
 * Errors: the core's codes; `DUEBILL_POISONED`. A panic poisons none: it only reads. On failure only `*error` is written.
 */
duebill_status duebill_aging(duebill_rulebook rulebook,
                             const duebill_log *logs,
                             size_t log_count,
                             const char *request,
                             size_t request_length,
                             duebill_result *report,
                             duebill_error *error);

/**
 * Says what some days come to over logs: a journal, how balances went, and the head of every log.
 *
 * `logs` points to `log_count` log handles and may be NULL if that is 0.
 * Ownership: `*pack` is yours until `duebill_result_free`. Threads: any; beside other readers of these logs.
 * Errors: the core's codes; `DUEBILL_POISONED`. A panic poisons none: it only reads. On failure only `*error` is written.
 */
duebill_status duebill_closing(duebill_rulebook rulebook,
                               const duebill_log *logs,
                               size_t log_count,
                               const char *request,
                               size_t request_length,
                               duebill_result *pack,
                               duebill_error *error);

/**
 * Says what the billing plans of accounts would bill: one outcome per plan, each with a ready command.
 *
 * `accounts` points to `account_count` log handles, in any order, and may be NULL if that is 0.
 * Ownership: `*run` is yours until `duebill_result_free`. Threads: any; beside other readers of these logs.
 * Errors: the core's codes; `DUEBILL_POISONED`. A panic poisons none: it only reads. On failure only `*error` is written.
 */
duebill_status duebill_plan_run(duebill_rulebook rulebook,
                                const duebill_log *accounts,
                                size_t account_count,
                                const char *request,
                                size_t request_length,
                                duebill_result *run,
                                duebill_error *error);

/**
 * Says what closes a period of a seller: each log with its pack, and the ready command that it still needs.
 *
 * `logs` points to `log_count` log handles, in any order, and may be NULL if that is 0.
 * Ownership: `*run` is yours until `duebill_result_free`. Threads: any; beside other readers of these logs.
 * Errors: the core's codes; `DUEBILL_POISONED`. A panic poisons none: it only reads. On failure only `*error` is written.
 */
duebill_status duebill_close_run(duebill_rulebook rulebook,
                                 const duebill_log *logs,
                                 size_t log_count,
                                 const char *request,
                                 size_t request_length,
                                 duebill_result *run,
                                 duebill_error *error);

/**
 * Shows what is under way between logs: ready commands to be delivered again, money, numbers. `request` is `{}`.
 *
 * `logs` points to `log_count` log handles, in any order, and may be NULL if that is 0.
 * Ownership: `*shown` is yours until `duebill_result_free`. Threads: any; beside other readers of these logs.
 * Errors: the core's codes; `DUEBILL_POISONED`. A panic poisons none: it only reads. On failure only `*error` is written.
 */
duebill_status duebill_reconcile(duebill_rulebook rulebook,
                                 const duebill_log *logs,
                                 size_t log_count,
                                 const char *request,
                                 size_t request_length,
                                 duebill_result *shown,
                                 duebill_error *error);

/**
 * Compares what would be billed with the invoices of another system, line by line.
 *
 * `accounts` points to `account_count` log handles, in any order, and may be NULL if that is 0.
 * Ownership: `*run` is yours until `duebill_result_free`. Threads: any; beside other readers of these logs.
 * Errors: the core's codes; `DUEBILL_POISONED`. A panic poisons none: it only reads. On failure only `*error` is written.
 */
duebill_status duebill_shadow_run(duebill_rulebook rulebook,
                                  const duebill_log *accounts,
                                  size_t account_count,
                                  const char *request,
                                  size_t request_length,
                                  duebill_result *run,
                                  duebill_error *error);

/**
 * Sums accounts up: how much work became how many invoices, per currency, where the recorded seconds of each account
 * stand, and which ids several of them have.
 *
 * `accounts` points to `account_count` log handles and may be NULL if that is 0. `request` is `{}`, or names a day:
 * `{"as_of": "2026-01-31"}`.
 * Ownership: `*summary` is yours until `duebill_result_free`. Threads: any; beside other readers of these logs.
 * Errors: the core's codes; `DUEBILL_POISONED`. A panic poisons none: it only reads. On failure only `*error` is written.
 */
duebill_status duebill_summary(duebill_rulebook rulebook,
                               const duebill_log *accounts,
                               size_t account_count,
                               const char *request,
                               size_t request_length,
                               duebill_result *summary,
                               duebill_error *error);

/**
 * Verifies the stored records of one log: `lines` holds `<64 hex> <record bytes>` and a newline for each, in order.
 *
 * `head` is the JSON that `duebill_log_head` gave when it was saved, or NULL and 0: then the best answer is
 * `consistent, unanchored`. `lines_length` goes up to `DUEBILL_MAX_STORED`.
 * Ownership: `*finding` is yours until `duebill_result_free`. Threads: any.
 * Errors: the core's codes, for what is not even lines. On failure only `*error` is written.
 */
duebill_status duebill_verify(const char *lines,
                              size_t lines_length,
                              const char *head,
                              size_t head_length,
                              duebill_result *finding,
                              duebill_error *error);

/**
 * Gives the rows and ready commands of stored records again, as they were given when these were decided: `lines` holds
 * `<64 hex> <record bytes>` and a newline for each, of one log or of several.
 *
 * `lines_length` goes up to `DUEBILL_MAX_STORED`.
 * Ownership: `*rows` is yours until `duebill_result_free`. Threads: any.
 * Errors: the core's codes. On failure only `*error` is written.
 */
duebill_status duebill_rows(const char *lines,
                            size_t lines_length,
                            duebill_result *rows,
                            duebill_error *error);

/**
 * Runs one pure calculation, `{"in":{..},"kind":".."}`.
 *
 * Ownership: `*answer` is yours until `duebill_result_free`. Threads: any.
 * Errors: the core's codes. On failure only `*error` is written.
 */
duebill_status duebill_calculate(const char *request,
                                 size_t request_length,
                                 duebill_result *answer,
                                 duebill_error *error);

/**
 * The JSON Schema of a document type by its file name; the empty name gives the array of all names.
 *
 * Ownership: `*schema` is yours until `duebill_result_free`. Threads: any.
 * Errors: `DUEBILL_NOT_FOUND`, `DUEBILL_CONTROL_CHARACTER`. On failure only `*error` is written.
 */
duebill_status duebill_schema(const char *name,
                              size_t name_length,
                              duebill_result *schema,
                              duebill_error *error);

/**
 * One digest over all logs of a seller at a day, with the log heads under it and the proofs that are asked for.
 *
 * `logs` points to `log_count` log handles and may be NULL if that is 0; heads of logs that are not loaded stand in the
 * request.
 * Ownership: `*daily` is yours until `duebill_result_free`. Threads: any; beside other readers of these logs.
 * Errors: the core's codes; `DUEBILL_POISONED`. A panic poisons none: it only reads. On failure only `*error` is written.
 */
duebill_status duebill_daily_head(const duebill_log *logs,
                                  size_t log_count,
                                  const char *request,
                                  size_t request_length,
                                  duebill_result *daily,
                                  duebill_error *error);

/**
 * Checks that a log stood under a daily head: `{"daily":{..},"proof":{..}}`. A broken proof is an answer.
 *
 * Ownership: `*checked` is yours until `duebill_result_free`. Threads: any.
 * Errors: the core's codes. On failure only `*error` is written.
 */
duebill_status duebill_check_inclusion(const char *request,
                                       size_t request_length,
                                       duebill_result *checked,
                                       duebill_error *error);

/**
 * Compares two daily heads of a seller: names every log that vanished, went back or was rewritten.
 *
 * Ownership: `*checked` is yours until `duebill_result_free`. Threads: any.
 * Errors: the core's codes. On failure only `*error` is written.
 */
duebill_status duebill_compare_daily(const char *request,
                                     size_t request_length,
                                     duebill_result *checked,
                                     duebill_error *error);

/**
 * Puts the evidence of documents together: how they came about, in one document that a stranger can check.
 *
 * `logs` points to `log_count` log handles: the account and the logs of its numbers.
 * Ownership: `*package` is yours until `duebill_result_free`. Threads: any; beside other readers of these logs.
 * Errors: the core's codes; `DUEBILL_POISONED`. A panic poisons none: it only reads. On failure only `*error` is written.
 */
duebill_status duebill_evidence(const duebill_log *logs,
                                size_t log_count,
                                const char *request,
                                size_t request_length,
                                duebill_result *package,
                                duebill_error *error);

/**
 * Checks evidence, byte by byte, against the daily head that was published. What is wrong is an answer; of evidence that
 * is sound `/findings` says which words, rules and numbers it does not show.
 *
 * Ownership: `*checked` is yours until `duebill_result_free`. Threads: any.
 * Errors: the core's codes, for what is no daily head. On failure only `*error` is written.
 */
duebill_status duebill_check_evidence(const char *package,
                                      size_t package_length,
                                      const char *daily,
                                      size_t daily_length,
                                      duebill_result *checked,
                                      duebill_error *error);

/**
 * Reads any JSON document of the host, so that `duebill_result_get` serves for it too.
 *
 * Limits are the core's: 64 MiB, 32 levels, 1,000,000 elements in one array or object, 64 KiB in one text; duplicate
 * keys and control characters other than tab and line feed are refused.
 * Ownership: `*parsed` holds a copy of the bytes as they stand, and is yours until `duebill_result_free`. Threads: any.
 * Errors: the core's codes for the shape of documents. On failure only `*error` is written.
 */
duebill_status duebill_document_parse(const char *document,
                                      size_t document_length,
                                      duebill_result *parsed,
                                      duebill_error *error);

/**
 * Shows the whole document of a result: canonical JSON (RFC 8785), but for schemas, which are indented, and for what
 * `duebill_document_parse` was given.
 *
 * Ownership: `*view` points into the result and stays valid until `duebill_result_free`. Threads: any.
 * On failure only `*error` is written.
 */
duebill_status duebill_result_data(duebill_result result,
                                   duebill_text *view,
                                   duebill_error *error);

/**
 * Shows one value of a result by JSON pointer (RFC 6901), like `/lines/0/net`; the empty pointer is the whole document.
 *
 * The first call on a result indexes it; each call then costs time by the length of the pointer, not of the document.
 * Ownership: `*view` points into the result and stays valid until `duebill_result_free`. Threads: any.
 * Errors: `DUEBILL_NOT_FOUND`, `DUEBILL_INVALID_POINTER`. On failure only `*error` is written.
 */
duebill_status duebill_result_get(duebill_result result,
                                  const char *pointer,
                                  size_t pointer_length,
                                  duebill_view *view,
                                  duebill_error *error);

/**
 * Ends a result handle and every view into it. 0 is fine; a second free returns `DUEBILL_STALE_HANDLE` and touches nothing.
 *
 * Threads: any; but no thread may still read a view of this result.
 */
duebill_status duebill_result_free(duebill_result result);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* DUEBILL_H */
