/* SPDX-License-Identifier: MIT */
/* What programs about the kernel begin with: its types, as the running kernel describes them. */
#pragma once
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "Dual MIT/GPL";
