// SPDX-License-Identifier: MIT
// Where the first line of the payload ends.
#include "packet.h"

SEC("xdp")
int scan(struct xdp_md *ctx)
{
	__u8 *at = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	for (int i = 0; i < 256; i++) {
		if (at + i + 1 > end)
			return -1;
		if (at[i] == '\n')
			return i;
	}
	return -2;
}
