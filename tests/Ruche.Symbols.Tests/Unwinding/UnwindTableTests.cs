// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Objects.Elf;
using Ruche.Symbols.Unwinding;

namespace Ruche.Symbols.Tests.Unwinding;

public sealed class UnwindTableTests
{
    private const string Source = """
        #include <signal.h>
        #include <stdlib.h>
        __attribute__((noinline)) static int least(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
        __attribute__((noinline)) static int sort(int *of, int n) { qsort(of, n, sizeof *of, least); return of[0]; }
        __attribute__((noinline)) static int vary(int n) { int room[n]; for (int i = 0; i < n; i++) room[i] = n - i; return sort(room, n); }
        typedef int wide __attribute__((vector_size(64)));
        __attribute__((noinline)) void use(wide *w) { *w += 1; }
        __attribute__((noinline)) static int align(int n) { wide w = { n }; use(&w); return w[0] + vary(n); }
        int main(int argc, char **argv) { signal(SIGINT, SIG_IGN); return align(argc + 3) == 0; }
        """;

    public static TheoryData<string> Programs => ["libc", "libcoreclr", "-O2", "-O2 -fno-plt -no-pie", "-O2 -Wl,-z,lazy -fcf-protection=none", "-O2 -mforce-drap", "-O0"];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Says_what_readelf_says(string program)
    {
        using WorkDirectory work = new();
        string path = PathOf(program, work);
        var file = ElfFile.Read(File.ReadAllBytes(path));

        var table = UnwindTable.Read(file);

        var expected = ReadelfFrames.Of(path);
        Assert.NotEmpty(expected);
        foreach (var row in expected)
        {
            // What begins a function after its end, or stands twice, is never in force.
            if (row.Start >= row.FunctionEnd) continue;
            var found = table.Find(row.Start);
            Assert.True(found is { } known && IsSame(known, row), $"{row} is {found}");
        }

        var places = expected.Select(row => row.Start).Concat(expected.Select(row => row.FunctionEnd)).ToHashSet();
        foreach (ulong row in table.Rows) Assert.Contains((uint)row, places);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Rows_are_in_order_and_nearly_all_are_expressed(string program)
    {
        using WorkDirectory work = new();
        var table = UnwindTable.Read(ElfFile.Read(File.ReadAllBytes(PathOf(program, work))));

        uint last = 0;
        int unknown = 0;
        foreach (ulong packed in table.Rows)
        {
            var row = UnwindRow.Unpack(packed);
            Assert.True(row.Start >= last);
            Assert.Equal(packed, row.Pack());
            if (row.Cfa is CfaKind.Unknown) unknown++;
            last = row.Start;
        }

        // Nothing is known between functions, and in a few places of those that align their stack; the small programs are mostly such.
        Assert.True(unknown * 10 < table.Rows.Length || table.Rows.Length < 100, $"{unknown} of {table.Rows.Length}");
    }

    [Fact]
    public void The_section_is_found_without_a_table_of_sections()
    {
        using WorkDirectory work = new();
        byte[] image = File.ReadAllBytes(PathOf("-O2", work));
        var whole = UnwindTable.Read(ElfFile.Read(image));

        // Where the table of sections is, how many there are, and which one has their names.
        image.AsSpan(0x28, 8).Clear();
        image.AsSpan(0x3c, 4).Clear();
        var without = UnwindTable.Read(ElfFile.Read(image));

        Assert.Equal(whole.Rows.ToArray(), without.Rows.ToArray());
    }

    [Fact]
    public void The_return_from_a_signal_is_known()
    {
        using WorkDirectory work = new();
        var table = UnwindTable.Read(ElfFile.Read(File.ReadAllBytes(PathOf("libc", work))));

        Assert.Contains(table.Rows.ToArray(), row => UnwindRow.Unpack(row).Cfa is CfaKind.Signal);
    }

    [Fact]
    public void Stubs_of_the_linker_are_known()
    {
        using WorkDirectory work = new();
        var table = UnwindTable.Read(ElfFile.Read(File.ReadAllBytes(PathOf("-O2 -Wl,-z,lazy -fcf-protection=none", work))));

        Assert.Contains(table.Rows.ToArray(), row => UnwindRow.Unpack(row) is { Cfa: CfaKind.Stub, CfaOffset: 11 });
    }

    [Fact]
    public void Functions_that_align_their_stack_are_known()
    {
        using WorkDirectory work = new();
        var table = UnwindTable.Read(ElfFile.Read(File.ReadAllBytes(PathOf("-O2 -mforce-drap", work))));

        Assert.Contains(table.Rows.ToArray(), row => UnwindRow.Unpack(row) is { Cfa: CfaKind.StoredAtFrame, Saved: SavedFrameKind.AtFrame });
    }

    [Fact]
    public void Damaged_sections_are_refused_or_read_but_never_a_fault()
    {
        using WorkDirectory work = new();
        var file = ElfFile.Read(File.ReadAllBytes(PathOf("-O2", work)));
        var section = file.Section(".eh_frame")!;
        byte[] whole = file.Contents(section).ToArray();
        int refused = 0;
        foreach (int seed in FuzzSeeds.Take(5000))
        {
            Random random = new(seed);
            byte[] damaged = random.Next(4) == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            for (int i = random.Next(1, 4); i > 0 && damaged.Length > 0; i--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);

            try
            {
                var rows = FrameSection.Rows(damaged, section.Address);
                Assert.True(rows.Count <= 4 * whole.Length);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.NotEqual(0, refused);
    }

    [Theory]
    [InlineData(CfaKind.Stack, 8, SavedFrameKind.Same, 0)]
    [InlineData(CfaKind.Stack, 200_000, SavedFrameKind.AtCfa, -16)]
    [InlineData(CfaKind.Frame, 16, SavedFrameKind.AtCfa, -8000)]
    [InlineData(CfaKind.StoredAtFrame, -8, SavedFrameKind.AtFrame, 0)]
    [InlineData(CfaKind.Stub, 10, SavedFrameKind.Same, 0)]
    [InlineData(CfaKind.End, 0, SavedFrameKind.Same, 0)]
    internal void Rows_are_packed_and_unpacked(CfaKind cfa, int offset, SavedFrameKind saved, int savedOffset)
    {
        UnwindRow row = new(0xfedcba98, cfa, offset, saved, savedOffset);

        Assert.Equal(row, UnwindRow.Unpack(row.Pack()));
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(1 << 20, 0)]
    [InlineData(8, -(1 << 14))]
    public void A_row_that_does_not_fit_says_that_nothing_is_known(int offset, int savedOffset)
    {
        UnwindRow row = new(7, CfaKind.Stack, offset, SavedFrameKind.AtCfa, savedOffset);

        Assert.Equal(new UnwindRow(7, CfaKind.Unknown), UnwindRow.Unpack(row.Pack()));
    }

    private static string PathOf(string program, WorkDirectory work)
    {
        Tool.Require("gcc", "readelf");
        if (program == "libcoreclr") return Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "libcoreclr.so");
        if (program == "libc") return System.Text.Encoding.UTF8.GetString(Tool.Run("gcc", ["-print-file-name=libc.so.6"])).Trim();
        File.WriteAllText(work["program.c"], Source);
        Tool.Run("gcc", [.. program.Split(' '), "-o", work["program"], work["program.c"]]);
        return work["program"];
    }

    private static bool IsSame(UnwindRow row, ReadelfFrames.Row expected)
    {
        if (expected.Return == "u") return row.Cfa is CfaKind.End or CfaKind.Unknown;
        if (row.Cfa is CfaKind.Unknown) return !IsExpressed(expected);
        if (expected.Cfa == "exp") return row.Cfa is CfaKind.Stub or CfaKind.Signal or CfaKind.StoredAtFrame;
        string cfa = row.Cfa switch
        {
            CfaKind.Stack => Text("rsp", row.CfaOffset),
            CfaKind.Frame => Text("rbp", row.CfaOffset),
            _ => row.Cfa.ToString(),
        };
        string frame = row.Saved switch
        {
            SavedFrameKind.AtCfa => Text("c", row.SavedOffset),
            SavedFrameKind.AtFrame => "exp",
            _ => "u",
        };
        return cfa == expected.Cfa && (frame == expected.Frame || frame == "u" && expected.Frame == "s") && expected.Return == "c-8";
    }

    private static bool IsExpressed(ReadelfFrames.Row row) =>
        (row.Cfa.StartsWith("rsp", StringComparison.Ordinal) || row.Cfa.StartsWith("rbp", StringComparison.Ordinal))
        && row.Return == "c-8" && row.Frame is not ("exp" or "vexp") && !row.Frame.StartsWith('r');

    private static string Text(string register, int offset) => string.Create(CultureInfo.InvariantCulture, $"{register}{offset:+0;-0;+0}");
}
