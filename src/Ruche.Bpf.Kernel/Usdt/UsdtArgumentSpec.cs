// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Kernel;

/// <summary>Where an argument is. Loaders find the fields by their names.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct UsdtArgumentSpec
{
    internal long val_off;
    internal int arg_type;
    internal ushort reg_off;
    internal ushort idx_reg_off;
    internal byte arg_signed;
    internal byte arg_bitshift;
    internal byte scale_bitshift;
}
