// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>
/// Neighbouring fields behind one kernel address that only a helper may read are read by one call. Fields whose places the running kernel decides are not
/// known to be neighbours, and stay apart; so do those of a process, of which one may lie on a page that is not there.
/// </summary>
internal sealed class ProbedLoadMerging(Function function)
{
    private const int MostBytes = 64;
    private const int MostGap = 8;
    private const int Alignment = 8;

    private readonly Substitution _substitution = new();
    private readonly List<StackSlot> _slots = [];

    private sealed record Place(Load Load, Value Base, int Offset)
    {
        public int End => Offset + Load.Type.Bytes;
    }

    public static void Run(Function function) => new ProbedLoadMerging(function).Run();

    private void Run()
    {
        foreach (var block in function.Blocks)
        {
            List<Place> open = [];
            foreach (var operation in block.Operations.ToList())
            {
                if (operation is Load { Address.Type: IrType.Pointer { Space: AddressSpace.KernelProbe } } load && PlaceOf(load) is { } place) open.Add(place);
                else if (operation.HasEffects)
                {
                    Merge(block, open);
                    open.Clear();
                }
            }
        }

        function.Entry.Operations.InsertRange(0, _slots);
        _substitution.Apply(function);
    }

    private static Place? PlaceOf(Load load)
    {
        var (address, offset) = (load.Address, (long)load.Offset);
        while (address is Binary { Operator: BinaryOperator.Add, Left.Type: IrType.Pointer, Right: Constant distance } sum) (address, offset) = (sum.Left, offset + distance.Signed);
        return offset is >= 0 and <= short.MaxValue && offset % load.Type.Bytes == 0 ? new(load, address, (int)offset) : null;
    }

    private void Merge(Block block, List<Place> places)
    {
        if (places.Count < 2) return;
        foreach (var group in places.GroupBy(p => p.Base, ReferenceEqualityComparer.Instance))
        {
            List<Place> run = [];
            foreach (var place in group.OrderBy(p => p.Offset))
            {
                if (run.Count > 0 && (place.Offset - run.Max(p => p.End) > MostGap || place.End - Start(run) > MostBytes))
                {
                    Replace(block, run);
                    run.Clear();
                }

                run.Add(place);
            }

            Replace(block, run);
        }
    }

    // The verifier wants what is read from the stack aligned, so the copy begins where the first field's word does.
    private static int Start(List<Place> run) => run[0].Offset / Alignment * Alignment;

    private void Replace(Block block, List<Place> run)
    {
        if (run.Count < 2) return;
        int start = Start(run), size = run.Max(p => p.End) - start, first = run.Min(p => block.Operations.IndexOf(p.Load));
        StackSlot slot = new(size, Alignment);
        _slots.Add(slot);
        List<Operation> reading = [];
        Value source = run[0].Base;
        if (start > 0)
        {
            reading.Add(new Binary(BinaryOperator.Add, source, new Constant(IrType.I64, start)));
            source = reading[^1];
        }

        reading.Add(new HelperCall(HelperId.ProbeReadKernel, IrType.I64, slot, new Constant(IrType.I64, size), source));
        foreach (var operation in reading) operation.Source = block.Operations[first].Source;
        foreach (var place in run)
        {
            Load copy = new(place.Load.Type, slot, place.Offset - start) { Source = place.Load.Source, Name = place.Load.Name };
            block.Operations[block.Operations.IndexOf(place.Load)] = copy;
            _substitution.Add(place.Load, copy);
        }

        block.Operations.InsertRange(first, reading);
    }
}
