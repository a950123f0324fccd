// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Btf.Rendering;

namespace Ruche.Bpf.Objects.Tests.Btf.Rendering;

public sealed class KernelCSharpRendererTests
{
    [Theory]
    [InlineData("task_struct")]
    [InlineData("task_struct", "sock", "file", "linux_binprm")]
    [InlineData("sk_buff", "inode", "pt_regs", "iphdr", "atomic_t", "bpf_map_type")]
    public void Types_of_the_kernel_are_laid_out_as_in_the_kernel(params string[] names)
    {
        var kernel = BtfSamples.OpenKernel();

        KernelCSharpLayout layout = new(kernel, Load(kernel, [.. names.Select(name => kernel.FindTypes(name).First())]));
        layout.CompareAll();

        Assert.Empty(layout.Differences.Take(20));
        Assert.True(layout.Compared > 100);
    }

    [Fact]
    public void All_types_of_the_kernel_are_laid_out_as_in_the_kernel()
    {
        var kernel = BtfSamples.OpenKernel();

        KernelCSharpLayout layout = new(kernel, Load(kernel, []));
        layout.CompareAll();

        Assert.Empty(layout.Differences.Take(20));
        Assert.True(layout.Compared > 10_000);
    }

    [Fact]
    public void Words_of_CSharp_are_escaped_and_types_differ_from_their_members() => Renders(
        "struct file { int class; long in; int value; struct event { int event; } inner; }; struct file value SEC;",
        "file",
        """
        /// <summary><c>struct file</c></summary>
        [KernelType("struct file")]
        [StructLayout(LayoutKind.Explicit, Size = 24)]
        public unsafe struct @file
        {
            [FieldOffset(0)] public int @class;
            [FieldOffset(8)] public long @in;
            [FieldOffset(16)] public int value;
            [FieldOffset(20)] public struct_event inner;
        }

        /// <summary><c>struct event</c></summary>
        [KernelType("struct event")]
        [StructLayout(LayoutKind.Explicit, Size = 4)]
        public unsafe struct struct_event
        {
            [FieldOffset(0)] public int @event;
        }

        """);

    [Fact]
    public void Bit_fields_are_properties() => Renders(
        "enum mode { OFF, ON }; struct bits { int before; int a : 3; unsigned b : 7; _Bool c : 1; enum mode d : 2; unsigned : 4; unsigned long long e : 40; } value SEC;",
        "bits",
        """
        /// <summary><c>struct bits</c></summary>
        [KernelType("struct bits")]
        [StructLayout(LayoutKind.Explicit, Size = 16)]
        public unsafe struct bits
        {
            [FieldOffset(0)] public int before;
            public readonly int a { [KernelBitField("a", 32, 3, true)] get => throw null; }
            public readonly uint b { [KernelBitField("b", 35, 7, false)] get => throw null; }
            public readonly bool c { [KernelBitField("c", 42, 1, false)] get => throw null; }
            public readonly mode d { [KernelBitField("d", 43, 2, false)] get => throw null; }
            public readonly ulong e { [KernelBitField("e", 64, 40, false)] get => throw null; }
        }

        /// <summary><c>enum mode</c></summary>
        [KernelType("enum mode")]
        public enum mode : uint
        {
            OFF = 0,
            ON = 1,
        }

        """);

    [Fact]
    public void Members_of_anonymous_types_stand_in_the_struct_around_them() => Renders(
        """
        typedef struct { int counter; } atomic_t;
        struct outer {
            int first; union { int a; struct { short b, c; }; }; struct { char low; } named; atomic_t count; enum { ONE = 1 } which; struct { int x; } two[2];
        } value SEC;
        """,
        "outer",
        """
        /// <summary><c>struct outer</c></summary>
        [KernelType("struct outer")]
        [StructLayout(LayoutKind.Explicit, Size = 28)]
        public unsafe struct outer
        {
            [FieldOffset(0)] public int first;
            [FieldOffset(4)] public int a;
            [FieldOffset(4)] public short b;
            [FieldOffset(6)] public short c;
            [FieldOffset(8)] public outer__named named;
            [FieldOffset(12)] public atomic_t count;
            [FieldOffset(16)] public outer__which which;
            [FieldOffset(20)] public Array2<outer__two> two;
        }

        /// <summary>A type without a name.</summary>
        [KernelType("")]
        [StructLayout(LayoutKind.Explicit, Size = 1)]
        public unsafe struct outer__named
        {
            [FieldOffset(0)] public byte low;
        }

        /// <summary><c>atomic_t</c></summary>
        [KernelType("atomic_t")]
        [StructLayout(LayoutKind.Explicit, Size = 4)]
        public unsafe struct atomic_t
        {
            [FieldOffset(0)] public int counter;
        }

        /// <summary>A type without a name.</summary>
        [KernelType("")]
        public enum outer__which : uint
        {
            ONE = 1,
        }

        /// <summary>A type without a name.</summary>
        [KernelType("")]
        [StructLayout(LayoutKind.Explicit, Size = 4)]
        public unsafe struct outer__two
        {
            [FieldOffset(0)] public int x;
        }

        /// <summary>An array of 2 elements.</summary>
        [InlineArray(2)]
        public struct Array2<T>
            where T : unmanaged
        {
            private T _first;
        }

        """);

    [Fact]
    public void Pointers_have_types_where_these_are_written() => Renders(
        """
        struct later; enum color { RED };
        struct node { struct node *next; const char *name; struct later *l; void *v; int (*call)(void); struct node **many; struct later **none; enum color *c; unsigned long *n; } value SEC;
        """,
        "node",
        """
        /// <summary><c>struct node</c></summary>
        [KernelType("struct node")]
        [StructLayout(LayoutKind.Explicit, Size = 72)]
        public unsafe struct node
        {
            [FieldOffset(0)] public node* next;
            [FieldOffset(8)] public byte* name;
            /// <summary><c>struct later *l</c></summary>
            [FieldOffset(16)] public void* l;
            [FieldOffset(24)] public void* v;
            /// <summary><c>int (*call)(void)</c></summary>
            [FieldOffset(32)] public void* call;
            [FieldOffset(40)] public node** many;
            /// <summary><c>struct later **none</c></summary>
            [FieldOffset(48)] public void** none;
            [FieldOffset(56)] public uint* c;
            [FieldOffset(64)] public ulong* n;
        }

        """);

    [Fact]
    public void Arrays_are_inline_and_flexible_ones_are_their_first_element() => Renders(
        "struct empty {}; struct row { char comm[16]; struct row *rows[3]; int grid[2][3]; struct empty none; char large[0x200000]; short tail[]; } value SEC;",
        "row",
        """
        /// <summary><c>struct row</c></summary>
        [KernelType("struct row")]
        [StructLayout(LayoutKind.Explicit, Size = 2097216)]
        public unsafe struct row
        {
            [FieldOffset(0)] public Array16<byte> comm;
            /// <summary><c>struct row *rows[3]</c></summary>
            [FieldOffset(16)] public Array3<nint> rows;
            [FieldOffset(40)] public Array2<Array3<int>> grid;
            // left out, at byte 64: struct empty none
            // left out, at byte 64: char large[2097152]
            /// <summary>The first of several: <c>short tail[0]</c></summary>
            [FieldOffset(2097216)] public short tail;
        }

        /// <summary><c>struct empty</c></summary>
        [KernelType("struct empty")]
        [StructLayout(LayoutKind.Explicit, Size = 1)]
        public unsafe struct empty
        {
        }

        /// <summary>An array of 2 elements.</summary>
        [InlineArray(2)]
        public struct Array2<T>
            where T : unmanaged
        {
            private T _first;
        }

        /// <summary>An array of 3 elements.</summary>
        [InlineArray(3)]
        public struct Array3<T>
            where T : unmanaged
        {
            private T _first;
        }

        /// <summary>An array of 16 elements.</summary>
        [InlineArray(16)]
        public struct Array16<T>
            where T : unmanaged
        {
            private T _first;
        }

        """);

    [Fact]
    public void Of_two_types_with_one_name_the_second_gets_a_suffix()
    {
        BtfBuilder builder = new();
        int number = builder.Add(new BtfType.Int(4, IntEncoding.Signed, 0, 32) { Name = "int" });
        int wide = builder.Add(new BtfType.Int(16, IntEncoding.None, 0, 128) { Name = "unsigned __int128" });
        int first = builder.Add(new BtfType.Composite(false, 4, [new("a", number, 0, 0)]) { Name = "twin" });
        int second = builder.Add(new BtfType.Composite(true, 16, [new("b", wide, 0, 0)]) { Name = "twin" });

        string text = KernelCSharpRenderer.Render(builder.Build(), new() { Roots = [first, second] });

        Assert.Contains("[KernelType(\"struct twin\")]\n[StructLayout(LayoutKind.Explicit, Size = 4)]\npublic unsafe struct twin\n", text, StringComparison.Ordinal);
        Assert.Contains("[KernelType(\"union twin\")]\n[StructLayout(LayoutKind.Explicit, Size = 16)]\npublic unsafe struct twin___2\n", text, StringComparison.Ordinal);
        Assert.Contains("public UInt128 b;", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("core::option::Option<u32>", "core__option__Option_u32_")]
    [InlineData("9p", "_9p")]
    [InlineData("", "_")]
    public void Names_of_other_languages_are_made_to_fit(string name, string expected) => Assert.Equal(expected, KernelCSharpNames.Plain(name));

    private static void Renders(string source, string root, string expected)
    {
        const string Around = """
            #define SEC __attribute__((section(".data"), used)) = {0}
            __attribute__((section("xdp"), used)) int program(void *context) { return 0; }

            """;
        var spec = BtfSpec.Read(BtfSamples.Compile(Around + source).Btf);
        int id = spec.FindTypes(root).First();

        string text = KernelCSharpRenderer.Render(spec, new() { Roots = [id], Namespace = "Test.It" });

        Assert.Equal(expected, text[(text.IndexOf("namespace Test.It;\n\n", StringComparison.Ordinal) + 20)..]);
        CompiledSource.Load(text, DiagnosticSeverity.Warning, KernelCSharpLayout.Attributes);
    }

    private static Assembly Load(BtfSpec kernel, ImmutableArray<int> roots) => CompiledSource.Load(
        KernelCSharpRenderer.Render(kernel, new() { Roots = roots }), DiagnosticSeverity.Warning, KernelCSharpLayout.Attributes);
}
