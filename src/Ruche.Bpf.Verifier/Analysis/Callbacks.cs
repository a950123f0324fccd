// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>What helpers give to the functions they call back.</summary>
internal sealed class Callbacks(Walk walk, Calls calls)
{
    private readonly Dictionary<int, ProgramMap> _walked = [];

    public void Push(HelperId id, CallFacts facts)
    {
        int function = facts.Callback;
        switch (id)
        {
            case HelperId.Loop:
                PushLoop(function);
                break;
            case HelperId.ForEachMapElem:
                PushForEach(function, facts);
                break;
            case HelperId.FindVma:
                calls.PushCallback(function, CallbackKind.Loop, (callee, caller) =>
                {
                    callee[Register.R1] = caller[Register.R1];
                    callee[Register.R2] = Object("vm_area_struct", ValueFlags.None);
                    callee[Register.R3] = caller[Register.R4];
                });
                break;
            case HelperId.UserRingbufDrain:
                calls.PushCallback(function, CallbackKind.Loop, (callee, caller) =>
                {
                    callee[Register.R1] = Value.Pointer(ValueKind.DynamicPointer, ValueFlags.ReadOnly) with { Dynamic = new(DynamicKind.LocalDynamicPointer, walk.NewId(), IsFirst: true, IsReadOnly: true) };
                    callee[Register.R2] = caller[Register.R3];
                });
                break;
            default:
                PushTimer(function, facts);
                break;
        }
    }

    private void PushLoop(int function)
    {
        var rounds = walk.Now[Register.R1];
        Walk.NeedExactly(rounds);
        if (!walk.Now[Register.R4].IsNull && !walk.Profile.Has(5, 17)) Walk.Reject(VerifierRules.Argument, "the flags of bpf_loop() must be 0");
        if ((ulong)walk.Now.Top.CallbackRounds >= rounds.Range.Greatest)
        {
            walk.Now.Top.CallbackRounds = 0;
            return;
        }

        calls.PushCallback(function, CallbackKind.Loop, (callee, caller) =>
        {
            callee[Register.R1] = Value.Unknown(walk.Made(OriginKind.Call));
            callee[Register.R2] = caller[Register.R3];
        });
    }

    private void PushForEach(int function, CallFacts facts)
    {
        var map = facts.Map!;
        if (map.Spec.Type is not (MapType.Hash or MapType.PerCpuHash or MapType.LruHash or MapType.LruPerCpuHash or MapType.Array or MapType.PerCpuArray))
            Walk.Reject(VerifierRules.Argument, $"bpf_for_each_map_elem() does not work with map '{map}' of type {map.Spec.Type.KernelName()}");
        if (!walk.Profile.Has(6, 10) && !_walked.TryAdd(walk.Slot, map) && _walked[walk.Slot] != map)
            Walk.Reject(VerifierRules.Argument, $"paths come to this call with maps '{_walked[walk.Slot]}' and '{map}', and before 6.10 it goes through one only", advice: "give each map a call of its own");
        calls.PushCallback(function, CallbackKind.Loop, (callee, caller) =>
        {
            callee[Register.R1] = Value.Pointer(ValueKind.Map) with { Map = map, MapInstance = facts.MapInstance };
            callee[Register.R2] = Value.Pointer(ValueKind.MapKey) with { Map = map };
            callee[Register.R3] = Value.Pointer(ValueKind.MapValue) with { Map = map, MapInstance = facts.MapInstance };
            callee[Register.R4] = caller[Register.R3];
        });
    }

    private void PushTimer(int function, CallFacts facts)
    {
        var owner = facts.FieldOwner!;
        calls.PushCallback(function, CallbackKind.Later, (callee, _) => SetMapArguments(callee, owner));
    }

    /// <summary>What is called back for a field of a map value gets the map, the key and the value.</summary>
    public static void SetMapArguments(Frame callee, Value owner)
    {
        callee[Register.R1] = Value.Pointer(ValueKind.Map) with { Map = owner.Map, MapInstance = owner.MapInstance };
        callee[Register.R2] = Value.Pointer(ValueKind.MapKey) with { Map = owner.Map };
        callee[Register.R3] = Value.Pointer(ValueKind.MapValue) with { Map = owner.Map, MapInstance = owner.MapInstance };
    }

    private Value Object(string name, ValueFlags flags) =>
        walk.Kernel is { } kernel && kernel.TryFind(Ruche.Bpf.Objects.Btf.BtfKind.Struct, name, out int id)
            ? Value.Pointer(ValueKind.Btf, flags) with { Type = new(kernel, id) } : walk.Unknown(OriginKind.Call);
}
