using System.Linq.Expressions;
using CallCenter.Core.Calls;

namespace CallCenter.Infrastructure.Calls.Reading;

internal static class CallPredicates
{
    /// <summary>Any of the conditions; none of them when there are none.</summary>
    public static Expression<Func<Call, bool>> Any(IEnumerable<Expression<Func<Call, bool>>> conditions)
    {
        var call = Expression.Parameter(typeof(Call), "call");
        var bodies = conditions.Select(condition => new Renaming(condition.Parameters[0], call).Visit(condition.Body)).ToList();

        // A balanced tree: a long chain would be walked as deep as it is long.
        while (bodies.Count > 1)
        {
            bodies = [.. bodies.Chunk(2).Select(pair => pair.Length == 2 ? Expression.OrElse(pair[0], pair[1]) : pair[0])];
        }

        return Expression.Lambda<Func<Call, bool>>(bodies.Count == 0 ? Expression.Constant(false) : bodies[0], call);
    }

    /// <summary>The outside number lies in one of the spans.</summary>
    public static Expression<Func<Call, bool>> OutsideWithin(IEnumerable<(long First, long Last)> spans) => Any(spans.Select(span =>
    {
        var (first, last) = span;
        return (Expression<Func<Call, bool>>)(call => call.OutsideE164 >= first && call.OutsideE164 <= last);
    }));

    private sealed class Renaming(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}
