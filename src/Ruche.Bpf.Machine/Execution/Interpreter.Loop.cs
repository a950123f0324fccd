// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ruche.Bpf.Machine.Code;
using Ruche.Bpf.Machine.Memory;

namespace Ruche.Bpf.Machine.Execution;

/// <content>The loop: one case for each operation.</content>
internal unsafe ref partial struct Interpreter
{
    private void Run(int slot, ulong* r)
    {
        ref DecodedInstruction code = ref MemoryMarshal.GetArrayDataReference(_code);
        int counted = slot;
        byte* at;
        while (true)
        {
            // SAFETY: the program is valid: every jump and call lands on an instruction, and none runs off the end.
            ref DecodedInstruction i = ref Unsafe.Add(ref code, slot);
            _observer?.Step(_run.Program, slot, new(r, RegisterCount));
            switch (i.Operation)
            {
                case Operation.Add64Immediate: r[i.Destination] += (ulong)i.Immediate; break;
                case Operation.Sub64Immediate: r[i.Destination] -= (ulong)i.Immediate; break;
                case Operation.Mul64Immediate: r[i.Destination] *= (ulong)i.Immediate; break;
                case Operation.Div64Immediate: r[i.Destination] = Arithmetic.Divide(r[i.Destination], (ulong)i.Immediate); break;
                case Operation.Or64Immediate: r[i.Destination] |= (ulong)i.Immediate; break;
                case Operation.And64Immediate: r[i.Destination] &= (ulong)i.Immediate; break;
                case Operation.Lsh64Immediate: r[i.Destination] <<= (int)i.Immediate; break;
                case Operation.Rsh64Immediate: r[i.Destination] >>= (int)i.Immediate; break;
                case Operation.Mod64Immediate: r[i.Destination] = Arithmetic.Remainder(r[i.Destination], (ulong)i.Immediate); break;
                case Operation.Xor64Immediate: r[i.Destination] ^= (ulong)i.Immediate; break;
                case Operation.Mov64Immediate: r[i.Destination] = (ulong)i.Immediate; break;
                case Operation.Arsh64Immediate: r[i.Destination] = (ulong)((long)r[i.Destination] >> (int)i.Immediate); break;
                case Operation.Add64: r[i.Destination] += r[i.Source]; break;
                case Operation.Sub64: r[i.Destination] -= r[i.Source]; break;
                case Operation.Mul64: r[i.Destination] *= r[i.Source]; break;
                case Operation.Div64: r[i.Destination] = Arithmetic.Divide(r[i.Destination], r[i.Source]); break;
                case Operation.Or64: r[i.Destination] |= r[i.Source]; break;
                case Operation.And64: r[i.Destination] &= r[i.Source]; break;
                case Operation.Lsh64: r[i.Destination] <<= (int)r[i.Source]; break;
                case Operation.Rsh64: r[i.Destination] >>= (int)r[i.Source]; break;
                case Operation.Mod64: r[i.Destination] = Arithmetic.Remainder(r[i.Destination], r[i.Source]); break;
                case Operation.Xor64: r[i.Destination] ^= r[i.Source]; break;
                case Operation.Mov64: r[i.Destination] = r[i.Source]; break;
                case Operation.Arsh64: r[i.Destination] = (ulong)((long)r[i.Destination] >> (int)r[i.Source]); break;
                case Operation.Neg64: r[i.Destination] = 0 - r[i.Destination]; break;

                case Operation.Add32Immediate: r[i.Destination] = (uint)r[i.Destination] + (uint)i.Immediate; break;
                case Operation.Sub32Immediate: r[i.Destination] = (uint)r[i.Destination] - (uint)i.Immediate; break;
                case Operation.Mul32Immediate: r[i.Destination] = (uint)r[i.Destination] * (uint)i.Immediate; break;
                case Operation.Div32Immediate: r[i.Destination] = Arithmetic.Divide((uint)r[i.Destination], (uint)i.Immediate); break;
                case Operation.Or32Immediate: r[i.Destination] = (uint)r[i.Destination] | (uint)i.Immediate; break;
                case Operation.And32Immediate: r[i.Destination] = (uint)r[i.Destination] & (uint)i.Immediate; break;
                case Operation.Lsh32Immediate: r[i.Destination] = (uint)r[i.Destination] << (int)i.Immediate; break;
                case Operation.Rsh32Immediate: r[i.Destination] = (uint)r[i.Destination] >> (int)i.Immediate; break;
                case Operation.Mod32Immediate: r[i.Destination] = Arithmetic.Remainder((uint)r[i.Destination], (uint)i.Immediate); break;
                case Operation.Xor32Immediate: r[i.Destination] = (uint)r[i.Destination] ^ (uint)i.Immediate; break;
                case Operation.Mov32Immediate: r[i.Destination] = (uint)i.Immediate; break;
                case Operation.Arsh32Immediate: r[i.Destination] = (uint)((int)r[i.Destination] >> (int)i.Immediate); break;
                case Operation.Add32: r[i.Destination] = (uint)r[i.Destination] + (uint)r[i.Source]; break;
                case Operation.Sub32: r[i.Destination] = (uint)r[i.Destination] - (uint)r[i.Source]; break;
                case Operation.Mul32: r[i.Destination] = (uint)r[i.Destination] * (uint)r[i.Source]; break;
                case Operation.Div32: r[i.Destination] = Arithmetic.Divide((uint)r[i.Destination], (uint)r[i.Source]); break;
                case Operation.Or32: r[i.Destination] = (uint)r[i.Destination] | (uint)r[i.Source]; break;
                case Operation.And32: r[i.Destination] = (uint)r[i.Destination] & (uint)r[i.Source]; break;
                case Operation.Lsh32: r[i.Destination] = (uint)r[i.Destination] << (int)r[i.Source]; break;
                case Operation.Rsh32: r[i.Destination] = (uint)r[i.Destination] >> (int)r[i.Source]; break;
                case Operation.Mod32: r[i.Destination] = Arithmetic.Remainder((uint)r[i.Destination], (uint)r[i.Source]); break;
                case Operation.Xor32: r[i.Destination] = (uint)r[i.Destination] ^ (uint)r[i.Source]; break;
                case Operation.Mov32: r[i.Destination] = (uint)r[i.Source]; break;
                case Operation.Arsh32: r[i.Destination] = (uint)((int)r[i.Destination] >> (int)r[i.Source]); break;
                case Operation.Neg32: r[i.Destination] = 0 - (uint)r[i.Destination]; break;

                case Operation.SignedDiv64Immediate: r[i.Destination] = Arithmetic.DivideSigned(r[i.Destination], (ulong)i.Immediate); break;
                case Operation.SignedDiv64: r[i.Destination] = Arithmetic.DivideSigned(r[i.Destination], r[i.Source]); break;
                case Operation.SignedDiv32Immediate: r[i.Destination] = Arithmetic.DivideSigned((uint)r[i.Destination], (uint)i.Immediate); break;
                case Operation.SignedDiv32: r[i.Destination] = Arithmetic.DivideSigned((uint)r[i.Destination], (uint)r[i.Source]); break;
                case Operation.SignedMod64Immediate: r[i.Destination] = Arithmetic.RemainderSigned(r[i.Destination], (ulong)i.Immediate); break;
                case Operation.SignedMod64: r[i.Destination] = Arithmetic.RemainderSigned(r[i.Destination], r[i.Source]); break;
                case Operation.SignedMod32Immediate: r[i.Destination] = Arithmetic.RemainderSigned((uint)r[i.Destination], (uint)i.Immediate); break;
                case Operation.SignedMod32: r[i.Destination] = Arithmetic.RemainderSigned((uint)r[i.Destination], (uint)r[i.Source]); break;
                case Operation.MovSigned8To64: r[i.Destination] = (ulong)(sbyte)r[i.Source]; break;
                case Operation.MovSigned16To64: r[i.Destination] = (ulong)(short)r[i.Source]; break;
                case Operation.MovSigned32To64: r[i.Destination] = (ulong)(int)r[i.Source]; break;
                case Operation.MovSigned8To32: r[i.Destination] = (uint)(sbyte)r[i.Source]; break;
                case Operation.MovSigned16To32: r[i.Destination] = (uint)(short)r[i.Source]; break;
                case Operation.Truncate16: r[i.Destination] = (ushort)r[i.Destination]; break;
                case Operation.Truncate32: r[i.Destination] = (uint)r[i.Destination]; break;
                case Operation.Swap16: r[i.Destination] = BinaryPrimitives.ReverseEndianness((ushort)r[i.Destination]); break;
                case Operation.Swap32: r[i.Destination] = BinaryPrimitives.ReverseEndianness((uint)r[i.Destination]); break;
                case Operation.Swap64: r[i.Destination] = BinaryPrimitives.ReverseEndianness(r[i.Destination]); break;
                case Operation.Nothing: break;
                case Operation.LoadWide: r[i.Destination] = (ulong)i.Immediate; slot++; break;

                case Operation.LoadByte:
                    if (!Reach(r[i.Source] + (ulong)(long)i.Target, 1, MemoryRights.Read, out at)) goto Faulted;
                    r[i.Destination] = *(byte*)at;
                    break;
                case Operation.LoadHalf:
                    if (!Reach(r[i.Source] + (ulong)(long)i.Target, 2, MemoryRights.Read, out at)) goto Faulted;
                    r[i.Destination] = *(ushort*)at;
                    break;
                case Operation.LoadWord:
                    if (!Reach(r[i.Source] + (ulong)(long)i.Target, 4, MemoryRights.Read, out at)) goto Faulted;
                    r[i.Destination] = *(uint*)at;
                    break;
                case Operation.LoadDouble:
                    if (!Reach(r[i.Source] + (ulong)(long)i.Target, 8, MemoryRights.Read, out at)) goto Faulted;
                    r[i.Destination] = *(ulong*)at;
                    break;
                case Operation.LoadSignedByte:
                    if (!Reach(r[i.Source] + (ulong)(long)i.Target, 1, MemoryRights.Read, out at)) goto Faulted;
                    r[i.Destination] = (ulong)*(sbyte*)at;
                    break;
                case Operation.LoadSignedHalf:
                    if (!Reach(r[i.Source] + (ulong)(long)i.Target, 2, MemoryRights.Read, out at)) goto Faulted;
                    r[i.Destination] = (ulong)*(short*)at;
                    break;
                case Operation.LoadSignedWord:
                    if (!Reach(r[i.Source] + (ulong)(long)i.Target, 4, MemoryRights.Read, out at)) goto Faulted;
                    r[i.Destination] = (ulong)*(int*)at;
                    break;
                case Operation.StoreByte:
                    if (!Reach(r[i.Destination] + (ulong)(long)i.Target, 1, MemoryRights.Write, out at)) goto Faulted;
                    *(byte*)at = (byte)r[i.Source];
                    break;
                case Operation.StoreHalf:
                    if (!Reach(r[i.Destination] + (ulong)(long)i.Target, 2, MemoryRights.Write, out at)) goto Faulted;
                    *(ushort*)at = (ushort)r[i.Source];
                    break;
                case Operation.StoreWord:
                    if (!Reach(r[i.Destination] + (ulong)(long)i.Target, 4, MemoryRights.Write, out at)) goto Faulted;
                    *(uint*)at = (uint)r[i.Source];
                    break;
                case Operation.StoreDouble:
                    if (!Reach(r[i.Destination] + (ulong)(long)i.Target, 8, MemoryRights.Write, out at)) goto Faulted;
                    *(ulong*)at = r[i.Source];
                    break;
                case Operation.StoreImmediateByte:
                    if (!Reach(r[i.Destination] + (ulong)(long)i.Target, 1, MemoryRights.Write, out at)) goto Faulted;
                    *(byte*)at = (byte)i.Immediate;
                    break;
                case Operation.StoreImmediateHalf:
                    if (!Reach(r[i.Destination] + (ulong)(long)i.Target, 2, MemoryRights.Write, out at)) goto Faulted;
                    *(ushort*)at = (ushort)i.Immediate;
                    break;
                case Operation.StoreImmediateWord:
                    if (!Reach(r[i.Destination] + (ulong)(long)i.Target, 4, MemoryRights.Write, out at)) goto Faulted;
                    *(uint*)at = (uint)i.Immediate;
                    break;
                case Operation.StoreImmediateDouble:
                    if (!Reach(r[i.Destination] + (ulong)(long)i.Target, 8, MemoryRights.Write, out at)) goto Faulted;
                    *(ulong*)at = (ulong)i.Immediate;
                    break;
                case Operation.LoadAcquireByte:
                    if (!Reach(r[i.Source] + (ulong)(long)i.Target, 1, MemoryRights.Read, out at)) goto Faulted;
                    if (!IsAligned(at, 1)) goto Faulted;
                    r[i.Destination] = Volatile.Read(ref *(byte*)at);
                    break;
                case Operation.LoadAcquireHalf:
                    if (!Reach(r[i.Source] + (ulong)(long)i.Target, 2, MemoryRights.Read, out at)) goto Faulted;
                    if (!IsAligned(at, 2)) goto Faulted;
                    r[i.Destination] = Volatile.Read(ref *(ushort*)at);
                    break;
                case Operation.LoadAcquireWord:
                    if (!Reach(r[i.Source] + (ulong)(long)i.Target, 4, MemoryRights.Read, out at)) goto Faulted;
                    if (!IsAligned(at, 4)) goto Faulted;
                    r[i.Destination] = Volatile.Read(ref *(uint*)at);
                    break;
                case Operation.LoadAcquireDouble:
                    if (!Reach(r[i.Source] + (ulong)(long)i.Target, 8, MemoryRights.Read, out at)) goto Faulted;
                    if (!IsAligned(at, 8)) goto Faulted;
                    r[i.Destination] = Volatile.Read(ref *(ulong*)at);
                    break;
                case Operation.StoreReleaseByte:
                    if (!Reach(r[i.Destination] + (ulong)(long)i.Target, 1, MemoryRights.Write, out at)) goto Faulted;
                    if (!IsAligned(at, 1)) goto Faulted;
                    Volatile.Write(ref *(byte*)at, (byte)r[i.Source]);
                    break;
                case Operation.StoreReleaseHalf:
                    if (!Reach(r[i.Destination] + (ulong)(long)i.Target, 2, MemoryRights.Write, out at)) goto Faulted;
                    if (!IsAligned(at, 2)) goto Faulted;
                    Volatile.Write(ref *(ushort*)at, (ushort)r[i.Source]);
                    break;
                case Operation.StoreReleaseWord:
                    if (!Reach(r[i.Destination] + (ulong)(long)i.Target, 4, MemoryRights.Write, out at)) goto Faulted;
                    if (!IsAligned(at, 4)) goto Faulted;
                    Volatile.Write(ref *(uint*)at, (uint)r[i.Source]);
                    break;
                case Operation.StoreReleaseDouble:
                    if (!Reach(r[i.Destination] + (ulong)(long)i.Target, 8, MemoryRights.Write, out at)) goto Faulted;
                    if (!IsAligned(at, 8)) goto Faulted;
                    Volatile.Write(ref *(ulong*)at, (ulong)r[i.Source]);
                    break;
                case >= Operation.AtomicAdd32 and <= Operation.AtomicCompareExchange32:
                    if (!Reach(r[i.Destination] + (ulong)(long)i.Target, 4, MemoryRights.ReadWrite, out at) || !IsAligned(at, 4)) goto Faulted;
                    Atomic.Apply(i.Operation, ref *(uint*)at, ref r[i.Source], ref r[0]);
                    break;
                case >= Operation.AtomicAdd64 and <= Operation.AtomicCompareExchange64:
                    if (!Reach(r[i.Destination] + (ulong)(long)i.Target, 8, MemoryRights.ReadWrite, out at) || !IsAligned(at, 8)) goto Faulted;
                    Atomic.Apply(i.Operation, ref *(ulong*)at, ref r[i.Source], ref r[0]);
                    break;

                case Operation.JumpEqual64Immediate: if (r[i.Destination] == (ulong)i.Immediate) goto Jump; break;
                case Operation.JumpGreater64Immediate: if (r[i.Destination] > (ulong)i.Immediate) goto Jump; break;
                case Operation.JumpGreaterOrEqual64Immediate: if (r[i.Destination] >= (ulong)i.Immediate) goto Jump; break;
                case Operation.JumpSet64Immediate: if ((r[i.Destination] & (ulong)i.Immediate) != 0) goto Jump; break;
                case Operation.JumpNotEqual64Immediate: if (r[i.Destination] != (ulong)i.Immediate) goto Jump; break;
                case Operation.JumpSignedGreater64Immediate: if ((long)r[i.Destination] > i.Immediate) goto Jump; break;
                case Operation.JumpSignedGreaterOrEqual64Immediate: if ((long)r[i.Destination] >= i.Immediate) goto Jump; break;
                case Operation.JumpLess64Immediate: if (r[i.Destination] < (ulong)i.Immediate) goto Jump; break;
                case Operation.JumpLessOrEqual64Immediate: if (r[i.Destination] <= (ulong)i.Immediate) goto Jump; break;
                case Operation.JumpSignedLess64Immediate: if ((long)r[i.Destination] < i.Immediate) goto Jump; break;
                case Operation.JumpSignedLessOrEqual64Immediate: if ((long)r[i.Destination] <= i.Immediate) goto Jump; break;
                case Operation.JumpEqual64: if (r[i.Destination] == r[i.Source]) goto Jump; break;
                case Operation.JumpGreater64: if (r[i.Destination] > r[i.Source]) goto Jump; break;
                case Operation.JumpGreaterOrEqual64: if (r[i.Destination] >= r[i.Source]) goto Jump; break;
                case Operation.JumpSet64: if ((r[i.Destination] & r[i.Source]) != 0) goto Jump; break;
                case Operation.JumpNotEqual64: if (r[i.Destination] != r[i.Source]) goto Jump; break;
                case Operation.JumpSignedGreater64: if ((long)r[i.Destination] > (long)r[i.Source]) goto Jump; break;
                case Operation.JumpSignedGreaterOrEqual64: if ((long)r[i.Destination] >= (long)r[i.Source]) goto Jump; break;
                case Operation.JumpLess64: if (r[i.Destination] < r[i.Source]) goto Jump; break;
                case Operation.JumpLessOrEqual64: if (r[i.Destination] <= r[i.Source]) goto Jump; break;
                case Operation.JumpSignedLess64: if ((long)r[i.Destination] < (long)r[i.Source]) goto Jump; break;
                case Operation.JumpSignedLessOrEqual64: if ((long)r[i.Destination] <= (long)r[i.Source]) goto Jump; break;
                case Operation.JumpEqual32Immediate: if ((uint)r[i.Destination] == (uint)i.Immediate) goto Jump; break;
                case Operation.JumpGreater32Immediate: if ((uint)r[i.Destination] > (uint)i.Immediate) goto Jump; break;
                case Operation.JumpGreaterOrEqual32Immediate: if ((uint)r[i.Destination] >= (uint)i.Immediate) goto Jump; break;
                case Operation.JumpSet32Immediate: if (((uint)r[i.Destination] & (uint)i.Immediate) != 0) goto Jump; break;
                case Operation.JumpNotEqual32Immediate: if ((uint)r[i.Destination] != (uint)i.Immediate) goto Jump; break;
                case Operation.JumpSignedGreater32Immediate: if ((int)r[i.Destination] > (int)i.Immediate) goto Jump; break;
                case Operation.JumpSignedGreaterOrEqual32Immediate: if ((int)r[i.Destination] >= (int)i.Immediate) goto Jump; break;
                case Operation.JumpLess32Immediate: if ((uint)r[i.Destination] < (uint)i.Immediate) goto Jump; break;
                case Operation.JumpLessOrEqual32Immediate: if ((uint)r[i.Destination] <= (uint)i.Immediate) goto Jump; break;
                case Operation.JumpSignedLess32Immediate: if ((int)r[i.Destination] < (int)i.Immediate) goto Jump; break;
                case Operation.JumpSignedLessOrEqual32Immediate: if ((int)r[i.Destination] <= (int)i.Immediate) goto Jump; break;
                case Operation.JumpEqual32: if ((uint)r[i.Destination] == (uint)r[i.Source]) goto Jump; break;
                case Operation.JumpGreater32: if ((uint)r[i.Destination] > (uint)r[i.Source]) goto Jump; break;
                case Operation.JumpGreaterOrEqual32: if ((uint)r[i.Destination] >= (uint)r[i.Source]) goto Jump; break;
                case Operation.JumpSet32: if (((uint)r[i.Destination] & (uint)r[i.Source]) != 0) goto Jump; break;
                case Operation.JumpNotEqual32: if ((uint)r[i.Destination] != (uint)r[i.Source]) goto Jump; break;
                case Operation.JumpSignedGreater32: if ((int)r[i.Destination] > (int)r[i.Source]) goto Jump; break;
                case Operation.JumpSignedGreaterOrEqual32: if ((int)r[i.Destination] >= (int)r[i.Source]) goto Jump; break;
                case Operation.JumpLess32: if ((uint)r[i.Destination] < (uint)r[i.Source]) goto Jump; break;
                case Operation.JumpLessOrEqual32: if ((uint)r[i.Destination] <= (uint)r[i.Source]) goto Jump; break;
                case Operation.JumpSignedLess32: if ((int)r[i.Destination] < (int)r[i.Source]) goto Jump; break;
                case Operation.JumpSignedLessOrEqual32: if ((int)r[i.Destination] <= (int)r[i.Source]) goto Jump; break;

                case Operation.Goto or Operation.GotoLong: goto Jump;
                case Operation.MayGoto:
                    if (_state->LoopsLeft == 0) goto Jump;
                    _state->LoopsLeft--;
                    break;
                case Operation.CallHelper:
                case Operation.LookupElement:
                    if (!CallHelper(slot, i.Target, r)) goto Ended;
                    break;
                case Operation.LoadPacket:
                case Operation.LoadPacketIndexed:
                    (r[1], r[2], r[3]) = (r[6], (uint)i.Immediate + (i.Operation is Operation.LoadPacketIndexed ? (uint)r[i.Source] : 0), i.Destination);
                    goto case Operation.TailCall;
                case Operation.TailCall:
                    if (!CallHelper(slot, i.Target, r)) goto Ended;
                    if (_state->IsOver == 0) break;
                    _state->IsOver = 0;
                    goto Exit;
                case Operation.CallLocal:
                    if (!Enter(slot, r)) goto Faulted;
                    goto Jump;
                case Operation.CallRegister:
                    if (_run.Program.FunctionAt(r[i.Destination]) is not { } target)
                    {
                        if (!CallHelperByNumber(slot, r[i.Destination], r)) goto Ended;
                        break;
                    }

                    if (!Enter(slot, r)) goto Faulted;
                    _state->Budget -= slot + 1 - counted;
                    slot = counted = target;
                    continue;
                case Operation.Exit: goto Exit;
            }

            slot++;
            continue;

        Jump:
            // Straight stretches are counted where they end; nothing can run for long without a jump.
            _state->Budget -= slot + 1 - counted;
            counted = slot + 1;
            if (_state->Budget < 0)
            {
                _run.StopSpent();
                goto Faulted;
            }

            slot = counted = i.Target;
            continue;

        Exit:
            _state->Budget -= slot + 1 - counted;
            if (_state->Depth == _bottom) return;
            slot = counted = Leave(r);
            continue;

        Faulted:
            _state->Slot = slot;
        Ended:
            _state->Budget -= slot + 1 - counted;
            return;
        }
    }
}
