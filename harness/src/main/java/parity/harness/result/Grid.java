package parity.harness.result;

/** A rectangle of numbers to be drawn: rows from the first, columns from the left. */
public final class Grid {
  private final int rows;
  private final int columns;
  private final float[] cells;

  private Grid(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    this.cells = new float[Math.multiplyExact(rows, columns)];
  }

  /** The number that belongs into a cell. */
  public interface Cell {
    /** Of that row and column, both from 0 on. */
    double at(int row, int column);
  }

  /** A grid of computed cells. */
  public static Grid of(int rows, int columns, Cell cell) {
    Grid grid = new Grid(rows, columns);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        grid.cells[row * columns + column] = (float) cell.at(row, column);
      }
    }
    return grid;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /** The number in a cell; it may be NaN. */
  public float at(int row, int column) {
    return cells[row * columns + column];
  }

  /** Largest of the numbers that are finite; 0 if there is none. */
  public float largest() {
    float largest = Float.NEGATIVE_INFINITY;
    for (float cell : cells) {
      largest = Float.isFinite(cell) ? Math.max(largest, cell) : largest;
    }
    return Float.isFinite(largest) ? largest : 0;
  }

  /** Smallest of the numbers that are finite; 0 if there is none. */
  public float smallest() {
    float smallest = Float.POSITIVE_INFINITY;
    for (float cell : cells) {
      smallest = Float.isFinite(cell) ? Math.min(smallest, cell) : smallest;
    }
    return Float.isFinite(smallest) ? smallest : 0;
  }

  /** This less another of the same size, cell by cell. */
  public Grid minus(Grid other) {
    if (other.rows != rows || other.columns != columns) {
      throw new IllegalArgumentException(
          "%d x %d less %d x %d".formatted(rows, columns, other.rows, other.columns));
    }
    return of(rows, columns, (row, column) -> (double) at(row, column) - other.at(row, column));
  }
}
