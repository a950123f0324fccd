# SPDX-License-Identifier: MIT
# Sourced by ./test: reads the CTRF report of a suite, prints its failures and skips, and keeps the totals.
# shellcheck shell=bash

total_passed=0
total_failed=0
total_skipped=0

count_failure() {
    total_failed=$((total_failed + 1))
}

print_totals() {
    printf '%d passed, %d failed, %d skipped\n' "$total_passed" "$total_failed" "$total_skipped"
}

# report_skip SUITE REASON: a whole suite that could not run.
report_skip() {
    total_skipped=$((total_skipped + 1))
    printf '%-32s SKIPPED: %s\n' "$1" "$2"
}

# report_results SUITE FOLDER STATUS SECONDS: FOLDER holds results.json and output.log.
report_results() {
    local suite=$1 report=$2/results.json log=$2/output.log status=$3 seconds=$4 passed failed skipped errors
    if ! read -r passed failed skipped errors < <(jq -r '
            [.results.tests[].status] as $all
            # Pending ones are explicit: run by other tests, not by us.
            | ["passed", "skipped", "pending"] as $known
            | [([$all[] | select(. == "passed")] | length),
               ([$all[] | select(. as $s | $known | index($s) | not)] | length),
               ([$all[] | select(. == "skipped")] | length),
               ([.results.extra.suites[]?.errors[]?] | length)]
            | @tsv' "$report" 2>/dev/null); then
        passed=0 failed=0 skipped=0 errors=0
        # Whatever it says, a suite without a report did not end well.
        [[ $status != 0 ]] || status=1
    fi
    # A crash, a timeout or an empty suite shows in the exit status alone (2 says that tests failed).
    if [[ $status != 0 && $((failed + errors)) == 0 ]]; then
        printf '\n%s ended with status %s; its output (all of it in %s):\n' "$suite" "$status" "$log"
        cut -c -300 "$log" | awk 'NR <= 40 { print; next } { rest[NR] = $0 } END {
            if (NR > 60) print "…"
            for (i = NR > 60 ? NR - 19 : 41; i <= NR; i++) print rest[i] }'
        errors=1
    fi
    if [[ $failed != 0 ]]; then
        jq -r '.results.tests[] | select(.status | IN("passed", "skipped", "pending") | not)
            | "\nFAILED \(.name)\n\(.message // "")\n\(.trace // "")\(if .extra.output then "\noutput:\n\(.extra.output)" else "" end)"' "$report"
    fi
    # Failures of fixtures (a leak found when a class ends) stand in the log only.
    if [[ $errors != 0 && -s $report ]]; then
        awk '/^[a-z]/ { show = 0 } /^failed \[/ { show = 1 } show' "$log"
    fi
    if [[ $skipped != 0 ]]; then
        jq -r '.results.tests[] | select(.status == "skipped")
            | "skipped \(.name): \(.extra.reason // .message // "no reason given" | gsub("\\s+"; " "))"' "$report"
    fi
    total_passed=$((total_passed + passed))
    total_failed=$((total_failed + failed + errors))
    total_skipped=$((total_skipped + skipped))
    printf '%-32s %d passed, %d failed, %d skipped (%d s)\n' "$suite" "$passed" $((failed + errors)) "$skipped" "$seconds"
}
