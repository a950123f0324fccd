// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>
/// In a large function, operations that follow one another the same way in several places become a function that these call. The kernel loads each program
/// by itself, so what two programs have in common saves neither of them anything: only places of one function count.
/// </summary>
internal sealed class RepeatOutlining
{
    /// <summary>
    /// How many operations make a function large. A processor keeps 32 kB of code at hand, that is some six thousand instructions; what fits runs fastest
    /// as it stands, since a call costs time and saves none.
    /// </summary>
    public const int Large = 6_000;

    private const int Shortest = 12;
    private const int Longest = 64;
    private const int MostArguments = 5;

    // The kernel takes 256 functions in a program.
    private const int MostFunctions = 128;

    // The call, its result's copy, and what was in the arguments' registers before.
    private const int CallCost = 5;

    private readonly Module _module;
    private readonly Function _function;
    private readonly Dictionary<int, List<OperationRun>> _alike = [];
    private readonly Dictionary<Value, List<Operation>> _users = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Value, LocalCall?> _taken = new(ReferenceEqualityComparer.Instance);
    private readonly Substitution _substitution = new();

    private RepeatOutlining(Module module, Function function) => (_module, _function) = (module, function);

    public static void Run(Module module, Function function, int large = Large)
    {
        int count = 0;
        foreach (var block in function.Blocks) count += block.Operations.Count;
        if (count >= large && !function.Blocks.Exists(b => b.Operations.Exists(AllowsNoCall))) new RepeatOutlining(module, function).Run();
    }

    // With a lock held nothing may be called, and some kernels take no program that calls both another program and a function.
    private static bool AllowsNoCall(Operation operation) => operation is KernelCall or HelperCall { Helper: HelperId.SpinLock or HelperId.TailCall };

    private void Run()
    {
        foreach (var block in _function.Blocks)
        {
            foreach (var operation in block.Operations) AddUser(operation);
            for (int i = 0; i + Shortest < block.Operations.Count; i++)
            {
                OperationRun run = new(block, i);
                if (run.HashOf(Shortest) is not { } hash) continue;
                if (!_alike.TryGetValue(hash, out var runs)) _alike.Add(hash, runs = []);
                runs.Add(run);
            }
        }

        // The first place of each kind is looked at once, so that a function of one operation a thousand times takes no longer than another.
        foreach (var alike in _alike.Values)
        {
            if (alike.Count > 1 && _module.Functions.Count < MostFunctions) OutlineSame(alike);
        }

        if (_taken.Count == 0) return;
        foreach (var block in _function.Blocks) Rewrite(block);
        _substitution.Apply(_function);
    }

    private void Rewrite(Block block)
    {
        var before = block.Operations.ToArray();
        block.Operations.Clear();
        foreach (var operation in before)
        {
            if (!_taken.TryGetValue(operation, out var call)) block.Add(operation);
            else if (call is not null) block.Add(call);
        }
    }

    private void AddUser(Operation operation)
    {
        foreach (var value in operation.Used)
        {
            if (!_users.TryGetValue(value, out var users)) _users.Add(value, users = []);
            users.Add(operation);
        }
    }

    private void OutlineSame(List<OperationRun> alike)
    {
        List<OperationRun> runs = [];
        foreach (var run in alike)
        {
            if (IsTaken(run, Shortest) || (runs.Count > 0 && (run.Overlaps(runs[^1], Shortest) || !runs[0].IsSame(run, Shortest)))) continue;
            runs.Add(run);
        }

        if (runs.Count < 2) return;
        int length = Shortest;
        while (length < Longest && CanBe(runs, length + 1)) length++;
        while (length >= Shortest && !Pays(runs, length)) length--;
        if (length >= Shortest) Outline(runs, length);
    }

    private bool IsTaken(OperationRun run, int length)
    {
        for (int i = 0; i < length; i++)
        {
            if (_taken.ContainsKey(run[i])) return true;
        }

        return false;
    }

    private bool CanBe(List<OperationRun> runs, int length)
    {
        for (int i = 0; i < runs.Count; i++)
        {
            if (!runs[0].IsSame(runs[i], length) || _taken.ContainsKey(runs[i][length - 1]) || (i > 0 && runs[i].Overlaps(runs[i - 1], length))) return false;
        }

        return true;
    }

    private bool Pays(List<OperationRun> runs, int length)
    {
        int arguments = runs[0].Needed(length).Count;
        if (arguments > MostArguments || Result(runs, length) is null) return false;
        int cost = runs[0].Cost(length);
        return (runs.Count - 1) * cost > (runs.Count * (CallCost + arguments)) + arguments + 1;
    }

    /// <summary>Which of the operations yields what is needed behind them: -1 for none, null when several do, or one yields more than a number.</summary>
    private int? Result(List<OperationRun> runs, int length)
    {
        int result = -1;
        foreach (var run in runs)
        {
            for (int i = 0; i < length; i++)
            {
                if (i == result || !IsNeededBehind(run, i, length)) continue;
                if (result >= 0 || run[i].Type is not IrType.Int { Width: >= 8 }) return null;
                result = i;
            }
        }

        return result;
    }

    private bool IsNeededBehind(OperationRun run, int index, int length)
    {
        if (!_users.TryGetValue(run[index], out var users)) return false;
        foreach (var user in users)
        {
            if (run.IndexOf(user, length) < 0) return true;
        }

        return false;
    }

    private void Outline(List<OperationRun> runs, int length)
    {
        int result = Result(runs, length)!.Value;
        var function = FunctionOf(runs[0], length, result);
        _module.Functions.Add(function);

        foreach (var run in runs)
        {
            LocalCall call = new(function.Name, function.Returns, [.. run.Needed(length)]) { Source = run[0].Source };
            if (result >= 0) _substitution.Add(run[result], call);
            for (int i = 0; i < length; i++) _taken.Add(run[i], i == 0 ? call : null);
        }
    }

    private Function FunctionOf(OperationRun run, int length, int result)
    {
        Function function = new(NewName(), result < 0 ? IrType.I64 : run[result].Type);
        Copying copying = new();
        List<BlockParameter> parameters = [];
        foreach (var value in run.Needed(length))
        {
            BlockParameter parameter = new(value.Type) { Name = value.Name };
            parameters.Add(parameter);
            copying.Put(value, parameter);
        }

        Block body = new("entry");
        List<Operation> again = [];
        for (int i = 0; i < length; i++)
        {
            body.Add(run[i]);
            foreach (var value in run[i].Operands)
            {
                if (Copying.Again(value) is not { } copy || run.IndexOf(value, length) >= 0 || copying[value] != value) continue;
                copying.Put(value, copy);
                again.Add(copy);
            }
        }

        body.Add(new Return(result < 0 ? new Constant(IrType.I64, 0) : run[result]));
        var entry = copying.Copy([body], name => name)[0];
        entry.Parameters.AddRange(parameters);
        entry.Operations.InsertRange(0, again);
        function.Blocks.Add(entry);
        return function;
    }

    private string NewName()
    {
        int number = 0;
        while (_module.Functions.Exists(f => f.Name == $"{_function.Name}_part{number}")) number++;
        return $"{_function.Name}_part{number}";
    }
}
