// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects;
using Ruche.Bpf.Objects.Elf;

namespace Ruche.Symbols.Unwinding;

/// <summary>Reads <c>.eh_frame</c>: entries that say what functions have in common, and one for each function.</summary>
internal static class FrameSection
{
    private const ElfSegmentType HeaderSegment = (ElfSegmentType)0x6474e550;
    private const uint LongForm = 0xffffffff;

    // Real ones have some thirty bytes. Each function may name another place as its own: a file must not make that as much work as it likes.
    private const ulong LongestCommon = 4096;

    // Less than this between functions aligns the next one, and no stack leads there.
    private const uint LeastGap = 16;

    /// <summary>The rows of a file, by address; none when it has no such section or is not for x64.</summary>
    /// <exception cref="InvalidDataException">The section contradicts itself.</exception>
    public static List<UnwindRow> Rows(ElfFile file)
    {
        if (file.Machine is not ElfMachine.X64 || file.ByteOrder is not ByteOrder.Little) return [];
        if (file.Section(".eh_frame") is { } section) return Rows(file.Contents(section).Span, section.Address);
        foreach (var segment in file.Segments)
        {
            if (segment.Type == HeaderSegment) return RowsBehind(file, segment);
        }

        return [];
    }

    /// <summary>The rows of a section that lies at an address, by address.</summary>
    /// <exception cref="InvalidDataException">The section contradicts itself.</exception>
    public static List<UnwindRow> Rows(ReadOnlySpan<byte> section, ulong address)
    {
        List<(uint Start, uint End, List<UnwindRow> Rows)> functions = [];
        Dictionary<int, FrameCommon> commons = [];
        FrameCursor entries = new(section, address);
        while (!entries.IsAtEnd)
        {
            ulong length = LengthOf(ref entries);
            if (length == 0) break;
            int start = entries.Position;
            var entry = entries.Part(length);
            uint back = entry.U32();
            if (back == 0) continue;
            if (back > start) FrameCursor.Refuse("a function refers to what lies before the section");
            if (!commons.TryGetValue(start - (int)back, out var common))
                commons.Add(start - (int)back, common = CommonAt(section, address, start - (int)back));
            AddFunction(common, entry, functions);
        }

        return Merged(functions);
    }

    // Files without a table of sections still tell the dynamic linker where the header is, and it where the section begins: it ends with a zero.
    private static List<UnwindRow> RowsBehind(ElfFile file, ElfSegment segment)
    {
        var image = file.Image.Span;
        if (segment.Offset > (ulong)image.Length) FrameCursor.Refuse(".eh_frame_hdr lies outside the file");
        FrameCursor header = new(image[(int)segment.Offset..], segment.Address);
        if (header.U8() != 1) FrameCursor.Refuse("the version of .eh_frame_hdr is not known");
        var encoding = (PointerEncoding)header.U8();
        header.U16();
        ulong address = header.Pointer(encoding, segment.Address);
        foreach (var loaded in file.Segments)
        {
            if (loaded.Type is not ElfSegmentType.Load || address < loaded.Address || address - loaded.Address >= loaded.FileSize) continue;
            ulong offset = loaded.Offset + (address - loaded.Address);
            ulong end = loaded.Offset + loaded.FileSize;
            if (end > (ulong)image.Length || offset > end) FrameCursor.Refuse("it lies outside the file");
            return Rows(image[(int)offset..(int)end], address);
        }

        return [];
    }

    private static FrameCommon CommonAt(ReadOnlySpan<byte> section, ulong address, int start)
    {
        FrameCursor before = new(section[start..], address + (ulong)start);
        ulong length = LengthOf(ref before);
        if (length > LongestCommon) FrameCursor.Refuse("what functions have in common is too long");
        var entry = before.Part(length);
        if (entry.U32() != 0) FrameCursor.Refuse("a function refers to another function");
        return Common(entry);
    }

    private static ulong LengthOf(ref FrameCursor entries) => entries.U32() is not LongForm and var length ? length : entries.U64();

    private static FrameCommon Common(FrameCursor entry)
    {
        byte version = entry.U8();
        if (version is not (1 or 3)) FrameCursor.Refuse($"version {version} is not known");
        string extras = entry.Text();
        ulong codeFactor = entry.Unsigned();
        long dataFactor = entry.Signed();
        ulong returnRegister = version == 1 ? entry.U8() : entry.Unsigned();
        var pointers = PointerEncoding.Absolute;
        bool hasExtras = extras.StartsWith('z');
        if (hasExtras)
        {
            var values = entry.Part(entry.Unsigned());
            pointers = PointersIn(extras, ref values);
        }
        else if (extras.Length > 0)
        {
            FrameCursor.Refuse($"augmentation '{extras}' is not known");
        }

        FrameCommon common = new(codeFactor, dataFactor, returnRegister, pointers, hasExtras, new() { Return = ReturnAddressRule.Strange });
        return common with { Start = FrameInstructions.StartOf(common, entry) };
    }

    private static PointerEncoding PointersIn(string extras, ref FrameCursor values)
    {
        var pointers = PointerEncoding.Absolute;
        foreach (char extra in extras.AsSpan(1))
        {
            switch (extra)
            {
                case 'R': pointers = (PointerEncoding)values.U8(); break;
                case 'L': values.U8(); break;
                case 'P': values.Number((PointerEncoding)values.U8()); break;

                // A frame of a signal, and protection of return addresses: rows do not need them.
                case 'S' or 'B': break;

                // What comes behind one that is not known is as long as the whole says, but cannot be told apart.
                default: FrameCursor.Refuse($"augmentation '{extra}' is not known"); break;
            }
        }

        return pointers;
    }

    private static void AddFunction(FrameCommon common, FrameCursor entry, List<(uint Start, uint End, List<UnwindRow> Rows)> functions)
    {
        ulong start = entry.Pointer(common.Pointers);
        ulong size = entry.Number(common.Pointers);
        if (common.HasExtras) entry.Take(entry.Unsigned());

        // Code that the linker dropped has no size; code beyond the rows' reach is none of a program that is mapped as a whole.
        if (size == 0 || start >= uint.MaxValue || size > uint.MaxValue - start) return;
        List<UnwindRow> rows = [];
        FrameInstructions.Follow(common, entry, (uint)start, (uint)(start + size), rows);
        functions.Add(((uint)start, (uint)(start + size), rows));
    }

    private static List<UnwindRow> Merged(List<(uint Start, uint End, List<UnwindRow> Rows)> functions)
    {
        List<UnwindRow> merged = [];
        var sorted = functions.OrderBy(f => f.Start).ToList();
        for (int i = 0; i < sorted.Count; i++)
        {
            // Where functions overlap, the one that begins later is right.
            uint next = i + 1 < sorted.Count ? sorted[i + 1].Start : uint.MaxValue;
            foreach (var row in sorted[i].Rows)
            {
                if (row.Start < next) Append(merged, row);
            }

            if (next - Math.Min(next, sorted[i].End) >= LeastGap) Append(merged, new(sorted[i].End, CfaKind.Unknown));
        }

        return merged;
    }

    private static void Append(List<UnwindRow> rows, UnwindRow row)
    {
        if (rows.Count > 0 && rows[^1] with { Start = row.Start } == row) return;
        rows.Add(row);
    }
}
