// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>What a place that is marked for tracing hands over: the value of the map <c>__bpf_usdt_specs</c>, which loaders fill.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct UsdtSpec
{
    internal UsdtArgumentSpecs args;
    internal ulong usdt_cookie;
    internal short arg_cnt;
}
