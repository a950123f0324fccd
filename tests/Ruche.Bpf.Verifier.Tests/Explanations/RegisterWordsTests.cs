// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Explanations;

namespace Ruche.Bpf.Verifier.Tests.Explanations;

/// <summary>What kernels print about a register, in words.</summary>
public sealed class RegisterWordsTests
{
    [Theory]
    [InlineData("ctx()", "the context")]
    [InlineData("ctx(id=0,off=0,imm=0)", "the context")]
    [InlineData("5", "the number 5")]
    [InlineData("-7", "the number -7")]
    [InlineData("P5", "the number 5")]
    [InlineData("inv5", "the number 5")]
    [InlineData("invP0", "the number 0")]
    [InlineData("scalar()", "a number of any size")]
    [InlineData("inv(id=0)", "a number of any size")]
    [InlineData("scalar(smin=0,smax=umax=255,var_off=(0x0; 0xff))", "a number from 0 to 255")]
    [InlineData("scalar(id=2,smin=smin32=0,smax=umax=smax32=umax32=0xff,var_off=(0x0; 0xff))", "a number from 0 to 255")]
    [InlineData("inv(id=0,umax_value=64,var_off=(0x0; 0x7f))", "a number from 0 to 64")]
    [InlineData("scalar(smin=-5,smax=9)", "a number from -5 to 9")]
    [InlineData("scalar(smax=64)", "a number from any negative one to 64")]
    [InlineData("scalar(umin=3,umax=9)", "a number from 3 to 9")]
    [InlineData("fp0", "the frame pointer")]
    [InlineData("fp-16", "a pointer to the stack at fp-16")]
    [InlineData("map_value_or_null(id=1,off=0,ks=4,vs=8,imm=0)", "a pointer to a map value, or null")]
    [InlineData("map_value(map=counts,ks=4,vs=8)", "a pointer to a map value of 'counts'")]
    [InlineData("pkt(id=0,off=0,r=14,imm=0)", "a pointer into the packet")]
    [InlineData("trusted_ptr_task_struct()", "a trusted pointer to an object of the kernel (task_struct)")]
    [InlineData("map_value_or_null(id=1,map=counts,ks=4,vs=8)", "a pointer to a map value of 'counts', or null")]
    [InlineData("something_new(x=1)", "")]
    public void Says_what_a_register_holds(string state, string words) => Assert.Equal(words, RegisterWords.Value(state));

    [Fact]
    public void Sums_up_the_kinds_of_memory() =>
        Assert.Equal("a pointer to memory: the stack, a map value, a packet or a buffer", RegisterWords.Kinds("fp, pkt, pkt_meta, map_key, map_value, mem, ringbuf_mem, buf, trusted_ptr_"));

    [Fact]
    public void Lists_kinds_once_each() =>
        Assert.Equal("a pointer to the stack, a pointer into the packet or a socket", RegisterWords.Kinds("fp, pkt, sock, sock_common"));
}
