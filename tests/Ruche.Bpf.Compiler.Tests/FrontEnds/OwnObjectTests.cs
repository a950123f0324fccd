// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.FrontEnds.CSharp;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Tests;
using Ruche.Bpf.Verifier;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Compiler.Tests.FrontEnds;

/// <summary>Objects that programs make while they run, in lists and trees: accepted by the verifier and, where the kernel has them, by the kernel, which runs them.</summary>
public sealed class OwnObjectTests : KernelTest
{
    private const string Types = """
        public struct Item
        {
            public BpfListNode Node;
            public ulong Number;
        }

        public struct Items
        {
            public BpfSpinLock Lock;

            [Contains(typeof(Item), nameof(Item.Node))]
            public BpfListHead Head;
        }

        public struct Leaf
        {
            public BpfTreeNode Node;
            public ulong Number;
        }

        public struct Leaves
        {
            public BpfSpinLock Lock;

            [Contains(typeof(Leaf), nameof(Leaf.Node))]
            public BpfTreeRoot Root;
        }

        """;

    private const string Queue = """
        [BpfMap(MaxEntries = 1)] static readonly BpfArray<Items> Lists;

        [Tc]
        static int Run(ref SkBuffContext packet)
        {
            ref Items items = ref Lists.Lookup(0);
            if (Bpf.IsNull(ref items)) return 1;
            ref Item item = ref Bpf.ObjNew<Item>();
            if (Bpf.IsNull(ref item)) return 2;
            item.Number = packet.Length;
            using (Bpf.Lock(ref items.Lock)) Bpf.ListPushBack(ref items.Head, ref item.Node);
            BpfListNode* first;
            using (Bpf.Lock(ref items.Lock)) first = Bpf.ListPopFront(ref items.Head);
            if (first == null) return 3;
            ref Item popped = ref *(Item*)first;
            int number = (int)popped.Number;
            Bpf.ObjDrop(ref popped);
            return number;
        }
        """;

    private const string Tree = """
        [BpfMap(MaxEntries = 1)] static readonly BpfArray<Leaves> Trees;

        [Tc]
        static int Run(ref SkBuffContext packet)
        {
            ref Leaves leaves = ref Trees.Lookup(0);
            if (Bpf.IsNull(ref leaves)) return 1;
            if (!Add(ref leaves, packet.Length + 5) || !Add(ref leaves, packet.Length)) return 2;
            using (Bpf.Lock(ref leaves.Lock))
            {
                BpfTreeNode* first = Bpf.RbtreeFirst(ref leaves.Root);
                return first == null ? 3 : (int)((Leaf*)first)->Number;
            }
        }

        static bool Add(ref Leaves leaves, ulong number)
        {
            ref Leaf leaf = ref Bpf.ObjNew<Leaf>();
            if (Bpf.IsNull(ref leaf)) return false;
            leaf.Number = number;
            using (Bpf.Lock(ref leaves.Lock)) Bpf.RbtreeAdd(ref leaves.Root, ref leaf.Node, &IsLess);
            return true;
        }

        static bool IsLess(BpfTreeNode* one, BpfTreeNode* other) => ((Leaf*)one)->Number < ((Leaf*)other)->Number;
        """;

    [Theory]
    [InlineData(Queue)]
    [InlineData(Tree)]
    public void A_program_gets_back_what_it_has_put_in(string program)
    {
        var spec = Compile(Types + program);
        var kernel = KernelTypes();
        var verdict = ProgramVerifier.Verify(new ProgramReader(spec, kernel).Read(spec.Programs.Single()), new() { KernelTypes = kernel });
        Assert.True(verdict.IsAccepted, $"{verdict.Explanation?.Slot} {verdict.Explanation?.Detail}");
        Assert.SkipUnless(kernel.TryFind(BtfKind.Function, "bpf_obj_new_impl", out _), "the kernel has no objects of programs (6.2)");

        using var loaded = BpfObject.Open(ObjectSpec.Read(spec.Write(), "queue")).Load();

        Assert.Equal(64u, loaded.Program("run").Run(new byte[64]).ReturnValue);
    }

    [Fact]
    public void Types_say_what_lists_and_trees_contain()
    {
        var spec = Compile(Types + """
            [BpfMap(MaxEntries = 1)] static readonly BpfArray<Items> Lists;

            [BpfMap(MaxEntries = 1)] static readonly BpfArray<Leaves> Trees;
            """);

        var tags = Enumerable.Range(1, spec.Btf!.Count - 1).Select(i => spec.Btf[i]).OfType<BtfType.DeclTag>().Select(t => (t.Name, spec.Btf[t.Target].Name, t.Component));

        Assert.Equal([("contains:Item:Node", "Items", 1), ("contains:Leaf:Node", "Leaves", 1)], tags);
    }

    private static BtfSpec KernelTypes() => BtfSpec.Read(File.ReadAllBytes("/sys/kernel/btf/vmlinux"));

    private static ObjectSpec Compile(string members)
    {
        DiagnosticBag diagnostics = new();
        var modules = CSharpCompiler.Read(CSharpBuild.Build("Own", "Own.cs", $"[BpfObject]\npublic static unsafe class Own\n{{\n{members}\n}}\n"), CSharpBuild.References, diagnostics);
        Assert.True(diagnostics.Items.Count == 0, string.Join('\n', diagnostics.Items));
        return BpfCompiler.Compile(Assert.Single(modules));
    }
}
