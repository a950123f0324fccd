// SPDX-License-Identifier: MIT
// The FNV-1a hash of the first bytes.
#include "packet.h"

SEC("xdp")
int fnv(struct xdp_md *ctx)
{
	__u8 *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	if (data + 48 > end)
		return -1;
	__u64 hash = 14695981039346656037ull;
#pragma clang loop unroll(disable)
	for (int i = 0; i < 48; i++) {
		hash ^= data[i];
		hash *= 1099511628211ull;
	}
	return hash ^ hash >> 32;
}
