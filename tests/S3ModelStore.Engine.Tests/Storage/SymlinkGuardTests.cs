using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Planning;
using S3ModelStore.Engine.Storage;
using Xunit;

namespace S3ModelStore.Engine.Tests.Storage;

public sealed class SymlinkGuardTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("guard").FullName;
    private readonly string _destination;
    private readonly string _outside;

    public SymlinkGuardTests()
    {
        _destination = Directory.CreateDirectory(Path.Combine(_root, "model")).FullName;
        _outside = Directory.CreateDirectory(Path.Combine(_root, "model-outside")).FullName;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void What_is_not_there_or_is_as_it_should_be_is_fine()
    {
        Directory.CreateDirectory(Below("a", "b"));
        File.WriteAllText(Below("a", "b", "c"), "old");

        Assert.Null(Check("x/y/z"));
        Assert.Null(Check("x"));
        Assert.Null(Check("a/b/c"));
        Assert.Null(Check("a/b/d"));
        Assert.Null(new SymlinkGuard(Path.Combine(_root, "not yet"), PlatformNames.ForCurrent()).Check("a/b"));
    }

    [Fact]
    public void A_link_that_leads_out_is_refused_by_name()
    {
        Directory.CreateSymbolicLink(Below("out"), _outside);
        Directory.CreateDirectory(Below("a"));
        Directory.CreateSymbolicLink(Below("a", "up"), Path.Combine("..", "..", "model-outside"));

        AssertRefused(Check("out/x"), ModelStoreErrorCode.UnsafePath, Below("out"));
        AssertRefused(Check("out/deeper/x"), ModelStoreErrorCode.UnsafePath, Below("out"));
        AssertRefused(Check("a/up/x"), ModelStoreErrorCode.UnsafePath, _outside);
    }

    [Fact]
    public void A_link_that_leads_out_over_another_link_is_refused()
    {
        Directory.CreateSymbolicLink(Below("out"), _outside);
        Directory.CreateDirectory(Path.Combine(_outside, "inner"));
        Directory.CreateSymbolicLink(Below("indirect"), Path.Combine("out", "inner"));

        AssertRefused(Check("indirect/x"), ModelStoreErrorCode.UnsafePath, Path.Combine(_outside, "inner"));
    }

    [Fact]
    public void A_link_that_stays_below_is_fine()
    {
        Directory.CreateDirectory(Below("real", "sub"));
        Directory.CreateSymbolicLink(Below("alias"), "real");
        Directory.CreateSymbolicLink(Below("self"), ".");

        Assert.Null(Check("alias/x"));
        Assert.Null(Check("alias/sub/x"));
        Assert.Null(Check("self/x"));
    }

    [Fact]
    public void Links_that_dangle_or_go_in_circles_are_refused()
    {
        Directory.CreateSymbolicLink(Below("dangling"), "nowhere");
        Directory.CreateSymbolicLink(Below("one"), "two");
        Directory.CreateSymbolicLink(Below("two"), "one");

        AssertRefused(Check("dangling/x"), ModelStoreErrorCode.UnsafePath, "nowhere");
        AssertRefused(Check("one/x"), ModelStoreErrorCode.UnsafePath, "circle");
        Assert.Throws<ModelStoreException>(() => new SymlinkGuard(Below("one"), PlatformNames.ForCurrent()));
    }

    [Fact]
    public void A_link_into_the_modules_own_directory_is_refused()
    {
        Directory.CreateDirectory(Below(".s3modelstore", "partial"));
        Directory.CreateSymbolicLink(Below("p"), Path.Combine(".s3modelstore", "partial"));

        AssertRefused(Check("p/x"), ModelStoreErrorCode.UnsafePath, "own directory");
    }

    [Fact]
    public void The_destination_itself_may_be_a_link()
    {
        var link = Path.Combine(_root, "link");
        Directory.CreateSymbolicLink(link, _destination);
        Directory.CreateDirectory(Below("real"));
        Directory.CreateSymbolicLink(Below("absolute"), Below("real"));
        var guard = new SymlinkGuard(link + Path.DirectorySeparatorChar, PlatformNames.ForCurrent());

        Assert.Null(guard.Check("a/b"));
        Assert.Null(guard.Check("absolute/b"));
    }

    [Fact]
    public void A_file_where_a_directory_is_needed_conflicts()
    {
        File.WriteAllText(Below("file"), "");
        File.CreateSymbolicLink(Below("filelink"), "file");

        AssertRefused(Check("file/x"), ModelStoreErrorCode.NameConflict, Below("file"));
        AssertRefused(Check("file/x/y"), ModelStoreErrorCode.NameConflict, Below("file"));
        AssertRefused(Check("filelink/x"), ModelStoreErrorCode.NameConflict, Below("filelink"));
    }

    [Fact]
    public void A_directory_where_the_file_goes_conflicts()
    {
        Directory.CreateDirectory(Below("a", "b"));
        Directory.CreateSymbolicLink(Below("l"), "a");

        AssertRefused(Check("a"), ModelStoreErrorCode.NameConflict, Below("a"));
        AssertRefused(Check("a/b"), ModelStoreErrorCode.NameConflict, Below("a", "b"));
        AssertRefused(Check("l"), ModelStoreErrorCode.NameConflict, Below("l"));
    }

    [Fact]
    public void A_file_that_is_a_link_may_be_replaced()
    {
        File.WriteAllText(Path.Combine(_outside, "precious"), "precious");
        File.CreateSymbolicLink(Below("config.json"), Path.Combine(_outside, "precious"));
        File.CreateSymbolicLink(Below("dangling"), "nowhere");

        Assert.Null(Check("config.json"));
        Assert.Null(Check("dangling"));
        File.WriteAllText(Below("new"), "new");
        File.Move(Below("new"), Below("config.json"), overwrite: true);
        Assert.Equal("precious", File.ReadAllText(Path.Combine(_outside, "precious")));
        Assert.Equal("new", File.ReadAllText(Below("config.json")));
    }

    [Fact]
    public void A_directory_is_looked_at_once()
    {
        Directory.CreateDirectory(Below("a"));
        var guard = new SymlinkGuard(_destination, PlatformNames.ForCurrent());
        Assert.Null(guard.Check(Path.Combine("a", "x")));

        Directory.Delete(Below("a"));
        Directory.CreateSymbolicLink(Below("a"), _outside);
        Assert.Null(guard.Check(Path.Combine("a", "y")));
    }

    private PathRefusal? Check(string path)
        => new SymlinkGuard(_destination, PlatformNames.ForCurrent()).Check(path.Replace('/', Path.DirectorySeparatorChar));

    private string Below(params string[] segments) => Path.Combine([_destination, .. segments]);

    private static void AssertRefused(PathRefusal? refusal, ModelStoreErrorCode code, string reason)
    {
        Assert.NotNull(refusal);
        Assert.Equal(code, refusal.Code);
        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
    }
}
