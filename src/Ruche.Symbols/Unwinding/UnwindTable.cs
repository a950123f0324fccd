// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Elf;

namespace Ruche.Symbols.Unwinding;

/// <summary>
/// How to leave each frame of the code in a file, without frame pointers: what <c>.eh_frame</c> says, in rows of 64 bits by address. Immutable.
/// </summary>
internal sealed class UnwindTable
{
    private readonly ulong[] _rows;

    private UnwindTable(ulong[] rows) => _rows = rows;

    /// <summary>The rows, packed as by <see cref="UnwindRow.Pack"/>, by their start.</summary>
    public ReadOnlySpan<ulong> Rows => _rows;

    /// <summary>Reads the table of a file; it is empty when the file has none, or is not for x64.</summary>
    /// <exception cref="InvalidDataException">The file's section contradicts itself.</exception>
    public static UnwindTable Read(ElfFile file) => new([.. FrameSection.Rows(file).Select(row => row.Pack())]);

    /// <summary>The row that holds at an address; null in front of all code.</summary>
    public UnwindRow? Find(uint address)
    {
        int low = 0, high = _rows.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if ((uint)_rows[middle] <= address) low = middle + 1;
            else high = middle;
        }

        return low == 0 ? null : UnwindRow.Unpack(_rows[low - 1]);
    }
}
