// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.States;

/// <summary>One function on the call stack: its registers and its stack.</summary>
internal sealed class Frame
{
    /// <summary>Registers of the machine, the frame pointer included.</summary>
    public const int RegisterCount = 11;

    /// <summary>The slots of a whole stack.</summary>
    public const int MaxSlots = 512 / StackSlot.Size;

    private readonly Value[] _registers;
    private StackSlot[] _slots;
    private ReadMark?[] _marks;

    public Frame(int number, int callSite, int function)
    {
        Number = number;
        CallSite = callSite;
        Function = function;
        _registers = new Value[RegisterCount];
        Array.Fill(_registers, Value.Unwritten);
        _registers[(int)Register.R10] = Value.Pointer(ValueKind.Stack) with { Frame = number };
        _slots = [];
        _marks = [];
    }

    private Frame(Frame other)
    {
        Number = other.Number;
        CallSite = other.CallSite;
        Function = other.Function;
        Callback = other.Callback;
        CallbackRounds = other.CallbackRounds;
        IsExceptionHandler = other.IsExceptionHandler;
        AsyncEntry = other.AsyncEntry;
        _registers = [.. other._registers];
        WrittenSlots = other.WrittenSlots;
        _slots = [.. other._slots];
        _marks = [.. other._marks];
    }

    /// <summary>How many frames are below it.</summary>
    public int Number { get; }

    /// <summary>The call it returns behind; -1 for the outermost.</summary>
    public int CallSite { get; }

    /// <summary>Which function it runs, by its first instruction.</summary>
    public int Function { get; }

    /// <summary>When a helper calls the function: what the helper does with what it returns.</summary>
    public CallbackKind Callback { get; set; }

    /// <summary>How often a helper has called back from this frame on this path.</summary>
    public int CallbackRounds { get; set; }

    /// <summary>Whether it handles exceptions.</summary>
    public bool IsExceptionHandler { get; set; }

    /// <summary>Which start of an asynchronous callback this is; 0 for none.</summary>
    public int AsyncEntry { get; set; }

    /// <summary>How many slots of the stack have been touched.</summary>
    public int SlotCount => _slots.Length;

    /// <summary>How many slots, from the top, there have been writes to: kernels before 6.8 know of no others.</summary>
    public int WrittenSlots { get; private set; }

    /// <summary>A register.</summary>
    public Value this[Register register]
    {
        get => _registers[(int)register];
        set => _registers[(int)register] = value;
    }

    /// <summary>All registers.</summary>
    public Span<Value> Registers => _registers;

    /// <summary>The slot that ends so many slots below the frame pointer, as it is.</summary>
    public StackSlot SlotAt(int index) => index < _slots.Length ? _slots[index] : StackSlot.Unwritten;

    /// <summary>Whether the slot was read since it was remembered.</summary>
    public bool WasRead(int index) => index < _marks.Length && _marks[index] is { IsRead: true };

    /// <summary>Writes a slot whole: what was read before is another value.</summary>
    public void Overwrite(int index, StackSlot slot)
    {
        Grow(index);
        WrittenSlots = Math.Max(WrittenSlots, index + 1);
        _slots[index] = slot;
        _marks[index] = null;
    }

    /// <summary>Changes a slot in part, or what is known of it.</summary>
    public void Change(int index, StackSlot slot)
    {
        Grow(index);
        WrittenSlots = Math.Max(WrittenSlots, index + 1);
        _slots[index] = slot;
    }

    /// <summary>Notes that a slot is read.</summary>
    public void Read(int index)
    {
        Grow(index);
        _marks[index]?.Read();
    }

    /// <summary>A copy that can be changed on its own.</summary>
    public Frame Copy() => new(this);

    /// <summary>Starts new read marks, to be shared with a remembered copy.</summary>
    public void RenewMarks()
    {
        for (int i = 0; i < _marks.Length; i++) _marks[i] = new(_marks[i]);
    }

    /// <summary>Notes reads as another frame saw them: of all slots it read. Returns whether that is news.</summary>
    public bool ReadAs(Frame other)
    {
        bool changed = false;
        for (int i = 0; i < _marks.Length; i++)
        {
            if (!other.WasRead(i) || _marks[i] is not { IsRead: false } mark) continue;
            mark.Read();
            changed = true;
        }

        return changed;
    }

    /// <summary>Replaces each value, in registers and spilled ones.</summary>
    public void Replace(Func<Value, Value> replacement)
    {
        foreach (ref var register in Registers) register = replacement(register);
        for (int i = 0; i < _slots.Length; i++)
        {
            if (_slots[i].Spilled is not { } spilled) continue;
            var replaced = replacement(spilled);
            if (!ReferenceEquals(replaced, spilled)) _slots[i] = replaced.Kind is ValueKind.Unwritten ? _slots[i].Scrubbed() : _slots[i].WithSpilled(replaced);
        }
    }

    private void Grow(int index)
    {
        if (index < _slots.Length) return;
        int before = _slots.Length;
        Array.Resize(ref _slots, index + 1);
        Array.Resize(ref _marks, index + 1);
        for (int i = before; i <= index; i++) _slots[i] = StackSlot.Unwritten;
    }
}
