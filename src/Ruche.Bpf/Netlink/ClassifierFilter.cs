// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Netlink;

/// <summary>What names a filter on an interface: its handle, and its priority and protocol in one number.</summary>
internal readonly record struct ClassifierFilter(uint Handle, uint Info);
