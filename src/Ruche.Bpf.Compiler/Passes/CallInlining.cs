// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>
/// Puts a function of the module where it is called, when it is small or called once. One that is called no more goes; one that may call itself stays,
/// and so does one whose address is handed out, or that is verified by itself.
/// </summary>
internal sealed class CallInlining(Module module, Function caller)
{
    private const int Small = 8;

    private readonly Substitution _substitution = new();
    private int _copies;

    public static void Run(Module module, Function caller) => new CallInlining(module, caller).Run();

    private void Run()
    {
        // What stands behind a call is a block of its own then, which comes later in the list.
        for (int i = 0; i < caller.Blocks.Count; i++)
        {
            var block = caller.Blocks[i];
            int index = block.Operations.FindIndex(o => o is LocalCall call && Callee(call) is not null);
            if (index < 0) continue;
            var call = (LocalCall)block.Operations[index];
            var callee = Callee(call)!;
            Inline(block, index, call, callee);
            if (!Calls(callee).Any() && !IsHandedOut(callee)) module.Functions.Remove(callee);
        }

        _substitution.Apply(caller);
    }

    private Function? Callee(LocalCall call)
    {
        var callee = module.Functions.Find(f => f.Name == call.Function);
        if (callee is null || callee == caller || callee.Section is not null || callee.IsGlobal || Reaches(callee, callee, [])) return null;
        if (callee.IsInlined) return callee;
        bool isSmall = callee.Blocks.Sum(b => b.Operations.Count) <= Small;
        return isSmall || (Calls(callee).Count() == 1 && !IsHandedOut(callee)) ? callee : null;
    }

    private IEnumerable<LocalCall> Calls(Function callee) =>
        module.Functions.SelectMany(f => f.Operations).OfType<LocalCall>().Where(c => c.Function == callee.Name);

    private bool IsHandedOut(Function function) =>
        module.Functions.SelectMany(f => f.Operations).Any(o => o is FunctionAddress address && address.Function == function.Name);

    private bool Reaches(Function from, Function to, HashSet<string> seen) => from.Operations.OfType<LocalCall>()
        .Any(c => c.Function == to.Name || (seen.Add(c.Function) && module.Functions.Find(f => f.Name == c.Function) is { } next && Reaches(next, to, seen)));

    private void Inline(Block block, int index, LocalCall call, Function callee)
    {
        int number = _copies++;
        Block after = new($"{block.Name}.after{number}");
        after.Operations.AddRange(block.Operations.Skip(index + 1));
        block.Operations.RemoveRange(index, block.Operations.Count - index);
        if (call.Type is not IrType.Void)
        {
            BlockParameter result = new(call.Type) { Name = call.Name };
            after.Parameters.Add(result);
            _substitution.Add(call, result);
        }

        var copies = new Copying().Copy(new ControlFlow(callee).Order, name => $"{callee.Name}{number}.{name}");
        block.Add(new Jump(new(copies[0], call.Operands)) { Source = call.Source });
        foreach (var copy in copies)
        {
            if (copy.Terminator is Return end) copy.Operations[^1] = new Jump(after.Parameters.Count > 0 ? new(after, end.Value) : new(after)) { Source = end.Source };
        }

        caller.Blocks.InsertRange(caller.Blocks.IndexOf(block) + 1, [.. copies, after]);
    }
}
