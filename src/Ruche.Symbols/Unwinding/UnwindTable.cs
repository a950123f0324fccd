// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Elf;

namespace Ruche.Symbols.Unwinding;

/// <summary>
/// How to leave each frame of the code in a file, without frame pointers: what <c>.eh_frame</c> says, in rows of 64 bits by address. Immutable.
/// </summary>
public sealed class UnwindTable
{
    private readonly ulong[] _rows;

    private UnwindTable(ulong[] rows) => _rows = rows;

    /// <summary>The rows, by their start, which is the low half: then 3 bits that say how the CFA is found, 16 of its distance in words, 2 of where the frame pointer is
    /// saved, and 11 of its distance in words.</summary>
    public ReadOnlySpan<ulong> Rows => _rows;

    /// <summary>A table of no code.</summary>
    internal static UnwindTable Empty { get; } = new([]);

    /// <summary>Reads the table of a file; it is empty when the file has none, or is not for x64.</summary>
    /// <exception cref="InvalidDataException">The file's section contradicts itself.</exception>
    public static UnwindTable Read(ElfFile file) => new([.. FrameSection.Rows(file).Select(row => row.Pack())]);

    /// <summary>The row that holds at an address; null in front of all code.</summary>
    internal UnwindRow? Find(uint address)
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
