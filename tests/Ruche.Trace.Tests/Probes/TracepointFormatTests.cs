// SPDX-License-Identifier: MIT
using Ruche.Trace.Probes;
using Ruche.Trace.Types;

namespace Ruche.Trace.Tests.Probes;

public sealed class TracepointFormatTests
{
    private static readonly TypeCatalog NoKernel = new(() => null);

    [Theory]
    [InlineData("int pid;\toffset:8;\tsize:4;\tsigned:1;", "pid: int32 at 8, int")]
    [InlineData("unsigned int fd;\toffset:16;\tsize:8;\tsigned:0;", "fd: uint64 at 16, unsigned int")]
    [InlineData("pid_t pid;\toffset:12;\tsize:4;\tsigned:1;", "pid: int32 at 12, pid_t")]
    [InlineData("dev_t dev;\toffset:12;\tsize:4;\tsigned:0;", "dev: uint32 at 12, dev_t")]
    [InlineData("bool preempt;\toffset:8;\tsize:1;\tsigned:0;", "preempt: bool at 8, bool")]
    [InlineData("char comm[16];\toffset:8;\tsize:16;\tsigned:0;", "comm: string[16] at 8, char[16]")]
    [InlineData("char comm[TASK_COMM_LEN];\toffset:8;\tsize:16;\tsigned:0;", "comm: string[16] at 8, char[TASK_COMM_LEN]")]
    [InlineData("__u8 saddr[4];\toffset:32;\tsize:4;\tsigned:0;", "saddr: uint8[4] at 32, __u8[4]")]
    [InlineData("__u8 saddr[sizeof(struct sockaddr_in6)];\toffset:8;\tsize:28;\tsigned:0;", "saddr: uint8[28] at 8, __u8[sizeof(struct sockaddr_in6)]")]
    [InlineData("unsigned long args[6];\toffset:16;\tsize:48;\tsigned:0;", "args: uint64[6] at 16, unsigned long[6]")]
    [InlineData("unsigned long args[];\toffset:24;\tsize:0;\tsigned:0;", "args: uint64[0] at 24, unsigned long[]")]
    [InlineData("u8 pairs[3][2];\toffset:8;\tsize:6;\tsigned:0;", "pairs: uint8[6] at 8, u8[3][2]")]
    [InlineData("const void * skaddr;\toffset:8;\tsize:8;\tsigned:0;", "skaddr: void * at 8, const void *")]
    [InlineData("const char *const * argv;\toffset:8;\tsize:8;\tsigned:0;", "argv: int8 * * at 8, const char *const *")]
    [InlineData("void __seg_gs * p;\toffset:8;\tsize:8;\tsigned:0;", "p: void * at 8, void __seg_gs *")]
    [InlineData("void (*call)(int);\toffset:8;\tsize:8;\tsigned:0;", "call: void * at 8, void (*)(int)")]
    [InlineData("guid_t guid;\toffset:8;\tsize:16;\tsigned:0;", "guid: uint8[16] at 8, guid_t")]
    [InlineData("enum zone_type zone;\toffset:8;\tsize:4;\tsigned:0;", "zone: uint32 at 8, enum zone_type")]
    [InlineData("struct timespec t;\toffset:8;\tsize:16;\tsigned:0;", "t: uint8[16] at 8, struct timespec")]
    [InlineData("__data_loc char[] name;\toffset:8;\tsize:4;\tsigned:0;", "name: int8 * at 8, __data_loc char[], FromStart")]
    [InlineData("__rel_loc char[] name;\toffset:8;\tsize:4;\tsigned:0;", "name: int8 * at 8, __rel_loc char[], FromField")]
    [InlineData("__data_loc unsigned long[] hops;\toffset:8;\tsize:4;\tsigned:0;", "hops: uint64 * at 8, __data_loc unsigned long[], FromStart")]
    public void A_field_has_a_type(string field, string expected) => Assert.Equal(expected, Describe(field, isSystemCall: false));

    [Theory]
    [InlineData("unsigned int fd;\toffset:16;\tsize:8;\tsigned:0;", "fd: uint32 at 16, unsigned int")]
    [InlineData("int flags;\toffset:16;\tsize:8;\tsigned:0;", "flags: int32 at 16, int")]
    [InlineData("size_t count;\toffset:16;\tsize:8;\tsigned:0;", "count: uint64 at 16, size_t")]
    [InlineData("odd_t odd;\toffset:16;\tsize:8;\tsigned:0;", "odd: uint64 at 16, odd_t")]
    [InlineData("long ret;\toffset:16;\tsize:8;\tsigned:1;", "ret: int64 at 16, long")]
    public void An_argument_of_a_system_call_is_as_wide_as_its_type(string field, string expected) =>
        Assert.Equal(expected, Describe(field, isSystemCall: true));

    [Fact]
    public void A_pointer_given_to_a_system_call_is_the_processs()
    {
        var field = Assert.Single(TracepointFormat.Read("\tfield:const char * filename;\toffset:24;\tsize:8;\tsigned:0;"));

        Assert.Equal(new TraceType.Pointer(new TraceType.Integer(1, true), MemorySpace.User), TracepointTypes.Member(field, true, NoKernel).Type);
        Assert.Equal(new TraceType.Pointer(new TraceType.Integer(1, true), MemorySpace.Kernel), TracepointTypes.Member(field, false, NoKernel).Type);
    }

    [Fact]
    public void A_file_has_its_fields_in_order_and_nothing_else()
    {
        const string Text = """
            name: sched_process_exec
            ID: 365
            format:
            	field:unsigned short common_type;	offset:0;	size:2;	signed:0;
            	field:int common_pid;	offset:4;	size:4;	signed:1;

            	field:__data_loc char[] filename;	offset:8;	size:4;	signed:0;
            	field:pid_t pid;	offset:12;	size:4;	signed:1;

            print fmt: "filename=%s pid=%d", __get_str(filename), REC->pid
            """;

        var fields = TracepointFormat.Read(Text);

        Assert.Equal(["common_type", "common_pid", "filename", "pid"], fields.Select(f => f.Name));
        Assert.Equal([true, true, false, false], fields.Select(f => f.IsCommon));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\tfield:int pid;\toffset:8;\tsize:4;")]
    [InlineData("\tfield:int pid;\toffset:-8;\tsize:4;\tsigned:1;")]
    [InlineData("\tfield:;\toffset:8;\tsize:4;\tsigned:1;")]
    [InlineData("\tfield:int [4];\toffset:8;\tsize:4;\tsigned:1")]
    [InlineData("\tfield:]")]
    public void A_line_that_is_no_field_is_passed_over(string line) => Assert.Empty(TracepointFormat.Read(line));

    private static string Describe(string text, bool isSystemCall)
    {
        var field = Assert.Single(TracepointFormat.Read($"\tfield:{text}"));
        var member = TracepointTypes.Member(field, isSystemCall, NoKernel);
        string where = member.Location is FieldLocation.Inline ? "" : $", {member.Location}";
        return $"{member.Name}: {member.Type} at {member.Offset}, {member.Spelling}{where}";
    }
}
