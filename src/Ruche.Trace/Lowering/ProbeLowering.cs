// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Binding;
using Ruche.Trace.Probes;
using Ruche.Trace.Recording;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;
using SourceLine = Ruche.Bpf.Compiler.Ir.SourceLine;

namespace Ruche.Trace.Lowering;

/// <summary>
/// Makes a function of a program's statements, block by block. Numbers are values of 64 bits; everything else lies in memory, and an expression of that
/// kind is written to a place, or is where it is.
/// </summary>
internal sealed partial class ProbeLowering
{
    // Beyond this, temporary values lie in a map: the stack has 512 bytes, and calls and spills need some.
    private const int StackBudget = 256;
    private const int LargestOnStack = 128;

    private readonly Function _function;
    private readonly Block _entry;
    private readonly Block _done;
    private readonly Dictionary<VariableSymbol, Place> _variables = [];
    private readonly List<Operation> _slots = [];
    private readonly List<Operation> _starts = [];

    // What an iterator points to: the verifier wants the very pointers that were compared with null.
    private readonly Dictionary<int, Load> _iterated = [];
    private readonly KnownEntries _knownEntries = new();
    private readonly HelperCall _scratch;
    private readonly StackSlot _scratchKey = new(4, 4);
    private Block _block;
    private StackSlot? _round;
    private StackSlot? _isKept;
    private int _stackUsed;
    private int _blocks;
    private bool _needsScratch;
    private SourceLine? _line;
    private SourceSpan _span;

    public ProbeLowering(ScriptLowering script, Function function, BoundProbe probe)
    {
        Script = script;
        Probe = probe;
        _function = function;
        _entry = function.AddBlock("entry");
        Context = new BlockParameter(IrType.PointerTo(AddressSpace.Context)) { Name = "ctx" };
        _done = new("done");
        _scratch = new(HelperId.MapLookupElem, IrType.PointerTo(AddressSpace.Value), new MapReference(SharedState.ScratchMap), _scratchKey);
        _block = NewBlock("start");
    }

    public ScriptLowering Script { get; }

    public BoundProbe Probe { get; }

    /// <summary>The place that the program is made for, as one of several alike.</summary>
    public ProbeSite Site => Probe.Sites[0];

    /// <summary>Whether the program writes for whoever reads a pin: the trace is over by then.</summary>
    private bool IsPinned => Site is ProbeSite.Iterator { Pin: not null };

    /// <summary>What the hook hands over.</summary>
    public BlockParameter Context { get; }

    /// <summary>Makes the whole function, of the program of a number.</summary>
    public void Run(int number)
    {
        _entry.Parameters.Add(Context);
        var start = _block;
        if (Script.IsRecorded) StartTape(number);
        if (Site is ProbeSite.Iterator) SkipEnd();
        if (_isKept is { } kept && Probe.Body is [BoundStatement.If { Else: [] } filter] && !BoundWalk.ChangesAnything(filter.Condition)) LowerFiltered(filter, kept);
        else Lower(Probe.Body);
        Finish(start);
    }

    private void StartTape(int number)
    {
        _slots.Add(_isKept = new StackSlot(sizeof(ulong), sizeof(ulong)));
        Add(new Store(_isKept, 0, Number(1)));
        Add(new LocalCall(TapeFunctions.Start, IrType.I64, AsNumber(Context), Number(number)));
    }

    // What a program was given that went no further than its predicate is not worth keeping.
    private void LowerFiltered(BoundStatement.If filter, StackSlot kept)
    {
        var then = NewBlock("passes");
        Add(new Store(kept, 0, Number(0)));
        BranchOn(filter.Condition, then, _done);
        EnterFresh(then);
        Add(new Store(kept, 0, Number(1)));
        LowerGoverned(filter);
    }

    // The kernel runs the program once more when nothing is left, to tell so: what it points to is null then. The first word is about the run itself.
    private void SkipEnd()
    {
        foreach (var member in ((TraceType.Record)Probe.Context).Layout.Members)
        {
            if (member is not { Offset: > 0, Type: TraceType.Pointer { Target: TraceType.Record } }) continue;
            var thing = Add(new Load(IrType.I64, Context, member.Offset));
            _iterated.Add(member.Offset, thing);
            var goesOn = NewBlock("goes");
            Branch(Compare(Comparison.Equal, thing, Number(0)), _done, goesOn);
            EnterFresh(goesOn);
        }
    }

    /// <summary>A number that is known.</summary>
    public static Constant Number(long value) => new(IrType.I64, value);

    /// <summary>Adds an operation to the current block.</summary>
    public T Add<T>(T operation)
        where T : Operation
    {
        operation.Source = _line;
        return _block.Add(operation);
    }

    /// <summary>Calls a helper that yields a number.</summary>
    public HelperCall Call(HelperId helper, params Value[] arguments)
    {
        var call = Add(new HelperCall(helper, IrType.I64, arguments));
        if (Script.Options.TellsFailedReads && !IsPinned && IsForeignRead(call)) TellFailure(call);
        return call;
    }

    /// <summary>A map of the module.</summary>
    public MapReference Map(string name) => Add(new MapReference(name));

    public Value Combine(Bpf.Compiler.Ir.BinaryOperator op, Value left, Value right) => Add(new Binary(op, left, right));

    /// <summary>A pointer as a number.</summary>
    public Value AsNumber(Value pointer) => pointer.Type == IrType.I64 ? pointer : Add(new Bpf.Compiler.Ir.Convert(Conversion.Reinterpret, IrType.I64, pointer));

    /// <summary>A block that control comes to later.</summary>
    public Block NewBlock(string what) => new($"{what}{_blocks++}");

    /// <summary>Goes on with another block from here.</summary>
    public void Enter(Block block)
    {
        if (_block.Operations is not [.., Terminator]) Add(new Jump(new(block)));
        _function.Blocks.Add(block);
        _block = block;
    }

    /// <summary>Goes on with a block that only branches lead to.</summary>
    public void EnterFresh(Block block)
    {
        Debug.Assert(_block.Operations is [.., Terminator], "the block before is left open");
        _function.Blocks.Add(block);
        _block = block;
    }

    public void JumpTo(Block block)
    {
        if (_block.Operations is not [.., Terminator]) Add(new Jump(new(block)));
    }

    /// <summary>Goes to one of two blocks, neither of which is entered yet.</summary>
    public void Branch(Value condition, Block then, Block otherwise) => Add(new Branch(condition, new(then), new(otherwise)));

    public Value Compare(Comparison relation, Value left, Value right) => Add(new Compare(relation, left, right));

    /// <summary>Ends the program here; what follows is never reached.</summary>
    public void End()
    {
        JumpTo(_done);
        Enter(NewBlock("after"));
    }

    /// <summary>Memory for a value until the program ends. It holds anything.</summary>
    public Place Temporary(int size, int alignment = 8)
    {
        int rounded = ValueLayout.Align(Math.Max(size, 1), Math.Min(8, alignment));
        if (rounded <= LargestOnStack && _stackUsed + rounded <= StackBudget)
        {
            _stackUsed += ValueLayout.Align(rounded, 8);
            StackSlot slot = new(rounded, Math.Min(8, alignment));
            _slots.Add(slot);
            return new(slot, 0, Reach.Local);
        }

        return InScratch(rounded);
    }

    /// <summary>Memory for a value until the program ends, that is not on the stack.</summary>
    public Place InScratch(int size)
    {
        _needsScratch = true;
        return new(_scratch, Script.ReserveScratch(size), Reach.Local);
    }

    /// <summary>
    /// Memory for a number that counts the rounds of a loop without loops inside. It is always on the stack: of what lies in a map the verifier does
    /// not see that it grows.
    /// </summary>
    public Place Round()
    {
        if (_round is null) _slots.Add(_round = new StackSlot(sizeof(ulong), sizeof(ulong)));
        return new(_round, 0, Reach.Local);
    }

    public Place Temporary(TraceType type) => Temporary(ValueLayout.SizeOf(type), 8);

    /// <summary>The address of a place, as a pointer.</summary>
    public Value AddressOf(Place place) => place.Offset == 0 ? place.Address : Add(new Binary(Bpf.Compiler.Ir.BinaryOperator.Add, place.Address, Number(place.Offset)));

    /// <summary>Where a variable lies.</summary>
    public Place PlaceOf(VariableSymbol variable)
    {
        if (_variables.TryGetValue(variable, out var place)) return place;
        place = Temporary(variable.Type);

        // A variable that has not been assigned yet is zero.
        var block = _block;
        _block = new("starts");
        Clear(place, ValueLayout.SizeOf(variable.Type));
        _starts.AddRange(_block.Operations);
        _block = block;
        return _variables[variable] = place;
    }

    /// <summary>A word that all programs share.</summary>
    public Value Shared(int offset) => Load(new(Add(new GlobalAddress(SharedState.Map, offset)), 0, Reach.Local), TraceType.UInt64);

    /// <summary>A number, or the most that it may be, so that the verifier sees it.</summary>
    public Value Limit(Value number, int most) =>
        number is Constant known ? Number(Math.Clamp(known.Signed, 0, most))
        : Add(new Select(Compare(Comparison.Below, number, Number(most)), number, Number(most)));

    private static bool IsForeignRead(HelperCall call) =>
        call.Helper is HelperId.ProbeRead or HelperId.ProbeReadKernel or HelperId.ProbeReadUser or HelperId.ProbeReadStr or HelperId.ProbeReadKernelStr or HelperId.ProbeReadUserStr
        && call.Operands[2] is not Constant { Signed: 0 };

    private void At(SourceSpan span)
    {
        _span = span;
        int line = Script.Source.LineOf(span.Start);
        string file = Script.Source.NameOf(span.Start);
        if (_line?.Line != line || _line.File != file) _line = new(file, line, Script.Source.ColumnOf(span.Start), Script.Source.LineAt(span.Start).ToString());
    }

    // Only now is it known what the program needs from its start on.
    private void Finish(Block start)
    {
        JumpTo(_done);
        _function.Blocks.Insert(1, start);
        _function.Blocks.Add(_done);
        _block = _done;
        _line = null;
        if (_isKept is not null) Add(new LocalCall(TapeFunctions.End, IrType.I64, Add(new Load(IrType.I64, _isKept))));
        Add(new Return(Number(0)));

        _block = _entry;
        foreach (var slot in _slots) Add(slot);
        if (_needsScratch)
        {
            Add(_scratchKey);
            Add(new Store(_scratchKey, 0, new Constant(IrType.I32, 0)));
            Add((MapReference)_scratch.Operands[0]);
            Add(_scratch);
            var ready = NewBlock("ready");
            Branch(Compare(Comparison.Equal, _scratch, new Constant(IrType.I64, 0)), _done, ready);
            _function.Blocks.Insert(1, ready);
            _block = ready;
        }

        foreach (var operation in _starts) Add(operation);
        Add(new Jump(new(start)));
    }
}
